import { createHash } from 'node:crypto';
import { html, raw } from 'hono/html';
import type { ActionRun, MechanicEvent, TaskRun } from '../event.js';
import type { Json } from '../json.js';
import type { World } from '../world.js';

const style = `
:root { color-scheme: light dark; font: 15px/1.45 system-ui, sans-serif }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 1.4rem } h2 { font-size: 1.1rem; margin-top: 2rem }
article { border: 1px solid #8886; border-radius: .5rem; padding: .5rem 1rem; margin: .75rem 0 }
article section { border-left: 3px solid #8886; padding-left: .75rem; margin: .5rem 0 }
pre { margin: .25rem 0; white-space: pre-wrap; overflow-wrap: anywhere; font-size: .85rem }
table { border-collapse: collapse } td, th { text-align: left; vertical-align: top; padding: .25rem 1rem .25rem 0 }
small { opacity: .75 } [data-status=failed] > p strong { color: #d33 } [data-status=succeeded] > p strong { color: #2a2 }
`;

/** No script runs here, whatever a shopper sent: text is escaped, and the policy allows this one style only. */
export const dashboardHeaders = {
  'content-security-policy': `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
};

/** More events than these only slow the page down. */
const shownEvents = 50;

/** The page at `/`: what came in, and what became of it. It reloads itself every two seconds. */
export function dashboardPage({ settings, events, cache, storage, metafields, origin, delays }: World) {
  const latest = events.slice(-shownEvents).reverse();
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta http-equiv="refresh" content="2">
<link rel="icon" href="data:,"><title>Local Mechanic</title><style>${raw(style)}</style>
</head>
<body>
<h1>Local Mechanic</h1>
<p><small>Delays, about: event run ${delays.eventRunMs} ms, task run ${delays.taskRunMs} ms, action run ${delays.actionRunMs} ms</small></p>
${table(
  'Webhooks',
  settings.webhooks.map(({ id, name, topic }) => [name ?? topic, topic, `${origin}/webhook/${id}`]),
)}
${table(
  'Cache endpoints',
  settings.cacheEndpoints.map(({ id, key }) => [key, `${origin}/cache/${id}`]),
)}
<h2>Events</h2>
${events.length === 0 ? html`<p>No event yet.</p>` : ''}
${latest.map(eventView)}
${events.length > latest.length ? html`<p>The latest ${shownEvents} of ${events.length} events.</p>` : ''}
${table(
  'Cache',
  cache.entries().map(({ key, value, expiresAt }) => [key, json(value), `expires ${expiresAt}`]),
)}
${table(
  'Storage',
  storage.entries().map(({ path, contentType, body }) => [path, contentType, body.slice(0, 2000)]),
)}
${table(
  'Metafields',
  metafields
    .entries()
    .map((field) => [field.ownerId, `${field.namespace}.${field.key}`, field.type, field.value]),
)}
</body>
</html>`;
}

function table(title: string, rows: string[][]) {
  if (rows.length === 0) return '';
  const cells = (row: string[]) => row.map((cell) => html`<td><pre>${cell}</pre></td>`);
  return html`<h2>${title}</h2><table>${rows.map((row) => html`<tr>${cells(row)}</tr>`)}</table>`;
}

function eventView({ id, topic, createdAt, requestId, parentId, data, status, taskRuns }: MechanicEvent) {
  const nobody = status === 'performed' && taskRuns.length === 0;
  return html`<article>
<p><strong>${topic}</strong> <small>${createdAt}</small></p>
<p><small>event ${id}${requestId ? `, request ${requestId}` : ''}${parentId ? `, child of ${parentId}` : ''}</small></p>
<pre>${json(data)}</pre>
${status === 'pending' ? html`<p>The event run is pending.</p>` : ''}
${nobody ? html`<p>No task subscribes to this topic.</p>` : ''}
${taskRuns.map(taskRunView)}
</article>`;
}

function taskRunView({ task, status, logs, errors, actionRuns }: TaskRun) {
  return html`<section data-status="${status}">
<p>Task run: ${task} <strong>${status}</strong></p>
${errors.map((error) => html`<pre>error ${json(error)}</pre>`)}
${logs.map((log) => html`<pre>log ${json(log)}</pre>`)}
${actionRuns.map(actionRunView)}
</section>`;
}

function actionRunView({ type, status, options, result, error }: ActionRun) {
  return html`<section data-status="${status}">
<p>Action run: ${type} <strong>${status}</strong></p>
<pre>${json(options)}</pre>
${error === undefined ? '' : html`<pre>error ${error}</pre>`}
${result === null ? '' : html`<pre>result ${json(result)}</pre>`}
</section>`;
}

function json(value: Json): string {
  return JSON.stringify(value, null, 2);
}
