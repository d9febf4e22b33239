import { html } from 'hono/html';
import type { MechanicEvent } from '../event.js';
import type { World } from '../world.js';
import { contains } from './filter.js';
import { badge, block, listSection } from './parts.js';
import { taskRunView } from './task-runs.js';
import { clock, pretty, preview } from './text.js';

/** More events than these only slow the page down. */
const shownEvents = 50;

/** The events that contain the text, the newest first. */
export function eventsView({ events, settings }: World, text: string) {
  const found = events.filter((event) => contains(event, text)).reverse();
  const shown = found.slice(0, shownEvents);
  const count = found.length === events.length ? `${events.length}` : `${found.length} of ${events.length}`;
  const names = new Map(settings.webhooks.map(({ id, name }) => [id, name]));
  const views = shown.map((event) => eventView(event, names.get(event.webhookId ?? '')));
  const rest = html`<p class="note" data-key="rest">The latest ${shownEvents} of ${found.length} events.</p>`;
  const empty =
    events.length === 0 ? 'No event yet. Submit a form, or post one by hand.' : 'No event contains this.';
  return listSection('Events', count, empty, found.length > shown.length ? [...views, rest] : views);
}

function eventView(event: MechanicEvent, name: string | undefined) {
  const { id, topic, createdAt, requestId, parentId, data, status, taskRuns } = event;
  const nobody = status === 'performed' && taskRuns.length === 0;
  return html`<article class="card event" data-key="${id}" data-status="${statusOf(event)}" aria-label="${topic}">
<header><h3>${topic}</h3>${name === undefined ? '' : html`<span class="quiet">${name}</span>`}
<time class="quiet" datetime="${createdAt}">${clock(createdAt)}</time>${badge(statusOf(event))}</header>
<p class="ids">${idView('event', id)}${idView('request', requestId)}${idView('child of', parentId)}</p>
${block('data', 'Data', preview(data), html`<pre>${pretty(data)}</pre>`)}
${status === 'pending' ? html`<p class="quiet">The event run is pending.</p>` : ''}
${nobody ? html`<p class="quiet">No task subscribes to this topic.</p>` : ''}
${taskRuns.map((run, index) => taskRunView(run, `${index}`))}
</article>`;
}

function idView(label: string, id: string | null | undefined) {
  return id ? html`<span>${label} <code>${id}</code></span>` : '';
}

/** The worst of what became of an event. */
function statusOf({ status, taskRuns }: MechanicEvent): string {
  const all = taskRuns.flatMap((run) => [run.status, ...run.actionRuns.map((action) => action.status)]);
  const isOpen = all.some((one) => one === 'pending' || one === 'running');
  if (all.includes('failed')) return 'failed';
  if (status === 'pending') return 'pending';
  if (isOpen) return 'running';
  return all.includes('not performed') ? 'not performed' : 'succeeded';
}
