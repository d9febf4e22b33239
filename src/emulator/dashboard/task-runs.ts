import { html } from 'hono/html';
import type { ActionRun, TaskRun } from '../event.js';
import type { Json } from '../json.js';
import { badge, block } from './parts.js';
import { lineIn, plain, pretty, preview } from './text.js';

/** A task run with its logs, errors and action runs. */
export function taskRunView({ task, status, logs, errors, actionRuns }: TaskRun, key: string) {
  return html`<section class="run" data-key="${key}" aria-label="Task run: ${task}">
<header><h4>${task}</h4>${badge(status)}</header>
${errors.map((error) => lineView('error', error))}
${logs.map((log) => lineView('log', log))}
${actionRuns.map((action, index) => actionRunView(action, `${index}`))}
</section>`;
}

function lineView(kind: 'log' | 'error', value: Json) {
  const line = kind === 'error' ? lineIn(plain(value)) : null;
  return html`<div class="line ${kind}"><span class="kind">${kind}</span><pre>${plain(value)}</pre>
${line === null ? '' : html`<span class="at">Liquid line ${line}</span>`}</div>`;
}

function actionRunView({ type, status, options, meta, result, error }: ActionRun, key: string) {
  const name = html`<span class="type">${type}</span>`;
  const details = html`${error === undefined ? '' : lineView('error', error)}
<dl><dt>options</dt><dd><pre>${pretty(options)}</pre></dd>
${meta === undefined ? '' : html`<dt>meta</dt><dd><pre>${pretty(meta)}</pre></dd>`}
<dt>result</dt><dd><pre>${pretty(result)}</pre></dd></dl>`;
  return block(`action-${key}`, name, error ?? preview(options), details, badge(status));
}
