import { html } from 'hono/html';
import { faultPlaces } from '../faults.js';
import { delaysOf } from '../latency.js';
import { createRandom, randomUuid } from '../random.js';
import type { World } from '../world.js';
import type { Html } from './parts.js';

/** Makes an event by hand. The UUID in it is another one after each event, so that the form can be sent again. */
export function postForm({ settings: { webhooks, seed }, events }: World): Html {
  if (webhooks.length === 0) return html`<p class="note" data-key="post">There is no webhook to post to.</p>`;
  const uuid = randomUuid(createRandom(seed, events.length, -2));
  const example = JSON.stringify({ uuid }, null, 2);
  return html`<form class="card" data-key="post" action="/dashboard/post" method="post" aria-label="Post an event">
<h2>Post an event</h2>
<label>Webhook <select name="webhook">${webhooks.map(({ id, name, topic }) => html`<option value="${id}">${name === undefined ? topic : `${name}: ${topic}`}</option>`)}</select></label>
<label>Data, as JSON <textarea name="json" rows="6" spellcheck="false" required>${example}</textarea></label>
<p class="buttons"><button>Post</button></p>
<p role="status" data-key="status" data-own></p>
</form>`;
}

/** How long Mechanic takes, and what goes wrong on the way to it. */
export function settingsForm(world: World): Html {
  const faults = world.faults.get();
  const places = new Set([faults.on ?? 'webhook'].flat());
  const place = (name: (typeof faultPlaces)[number]) =>
    html`<label><input type="checkbox" name="on" value="${name}" ${places.has(name) ? 'checked' : ''}> ${name}</label>`;
  const number = (
    name: string,
    label: string,
    value: number | undefined,
    limits: { step: string; min?: number; max?: number },
  ) =>
    html`<label>${label} <input type="number" name="${name}" value="${value ?? ''}" min="${limits.min ?? 0}" max="${limits.max ?? ''}" step="${limits.step}"></label>`;
  return html`<form class="card" data-key="settings" action="/settings" method="post" aria-label="Latency and faults">
<h2>Latency and faults</h2>
<label>Mechanic takes <select name="latency">${latencyOptions(world)}</select></label>
<fieldset><legend>Faults at</legend>${faultPlaces.map(place)}</fieldset>
<div class="fields">
${number('drop', 'Drop, 0 to 1', faults.drop, { max: 1, step: 'any' })}
${number('loseResponses', 'Lose responses, 0 to 1', faults.loseResponses, { max: 1, step: 'any' })}
${number('status', 'Status', faults.status, { min: 400, max: 599, step: '1' })}
${number('retryAfterSeconds', 'Retry-After, s', faults.retryAfterSeconds, { step: 'any' })}
${number('delayMs', 'Delay, ms', faults.delayMs, { step: 'any' })}
</div>
<p><label><input type="checkbox" name="hideCors" value="true" ${faults.hideCors ? 'checked' : ''}> Hide CORS headers</label></p>
<p class="buttons"><button>Apply</button> <button name="clear" value="faults" class="plain">No faults</button></p>
<p role="status" data-key="status" data-own></p>
</form>`;
}

function latencyOptions({ delays }: World): Html[] {
  const { eventRunMs, taskRunMs, actionRunMs } = delays;
  const same = (latency: 'fast' | 'real' | number) => {
    const named = delaysOf(latency);
    return (
      named.eventRunMs === eventRunMs && named.taskRunMs === taskRunMs && named.actionRunMs === actionRunMs
    );
  };
  const named = [
    ['0', 'no time', same(0)],
    ['fast', 'fast: under a second', same('fast')],
    ['real', 'real: about 30 seconds', same('real')],
  ] as const;
  const own = html`<option value="" selected>${eventRunMs}, ${taskRunMs}, ${actionRunMs} ms</option>`;
  const options = named.map(
    ([value, label, isSet]) => html`<option value="${value}" ${isSet ? 'selected' : ''}>${label}</option>`,
  );
  return named.some(([, , isSet]) => isSet) ? options : [own, ...options];
}
