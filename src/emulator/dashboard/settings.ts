import { checkFaults, checkLatency } from '../check-options.js';
import type { Faults } from '../faults.js';
import { delaysOf, type Latency } from '../latency.js';
import type { World } from '../world.js';

const numbers = ['drop', 'loseResponses', 'status', 'retryAfterSeconds', 'delayMs'] as const;

/**
 * Takes over what a form says. `latency` alone leaves the faults as they are; any field of theirs replaces all
 * of them, and `clear` ends them.
 *
 * @throws TypeError that names the field, and nothing is changed.
 */
export function changeSettings(world: World, form: FormData): void {
  const latency = text(form, 'latency');
  const delays = latency === '' ? world.delays : delaysOf(checkLatency(toLatency(latency)));
  if (form.has('clear')) world.faults.set({});
  else if ([...numbers, 'hideCors'].some((name) => form.has(name)))
    world.faults.set(checkFaults(readFaults(form)));
  world.delays = delays;
}

function readFaults(form: FormData): Faults {
  const given = numbers.filter((name) => text(form, name) !== '');
  const faults: Faults = Object.fromEntries(given.map((name) => [name, Number(text(form, name))]));
  if (form.has('hideCors')) faults.hideCors = true;
  if (Object.keys(faults).length === 0) return {};
  return form.has('on') ? { on: form.getAll('on') as [], ...faults } : faults;
}

function toLatency(text: string): Latency {
  return /^\d/.test(text) ? Number(text) : (text as Latency);
}

function text(form: FormData, name: string): string {
  return String(form.get(name) ?? '').trim();
}
