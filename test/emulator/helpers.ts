import { createEmulator, type EmulatorOptions, type Json, type Task } from 'mechanic-storefront/emulator';

/** The id in the examples of Mechanic's docs. */
export const webhookId = 'abcdef12-3456-abcd-ef12-3456abcdef12';
export const topic = 'user/quote/requested';
export const instant = { eventRunMs: 0, taskRunMs: 0, actionRunMs: 0 };

/** A local Mechanic with one webhook and no delays. */
export function createInstant(options: EmulatorOptions = {}) {
  return createEmulator({ webhooks: [{ id: webhookId, topic }], latency: instant, ...options });
}

/** A POST to the webhook. */
export function post(body?: BodyInit | null, { query = '', type = '' } = {}): Request {
  const headers = type === '' ? {} : { 'content-type': type };
  return new Request(`https://mechanic.test/webhook/${webhookId}${query}`, {
    method: 'POST',
    headers,
    body: body ?? null,
  });
}

/** The data of the one event that a POST makes. */
export async function eventData(
  body?: BodyInit | null,
  options: { query?: string; type?: string; mode?: 'auto' | 'full' } = {},
): Promise<Json | undefined> {
  const mechanic = createInstant({ webhooks: [{ id: webhookId, topic, mode: options.mode ?? 'auto' }] });
  await mechanic.fetch(post(body, options));
  return mechanic.events()[0]?.data;
}

/** The action runs of a task that asks for these actions, one after another. */
export async function perform(
  actions: { type: string; options: unknown }[],
  options: EmulatorOptions = {},
  mechanic = createInstant({ tasks: [asking(actions)], ...options }),
) {
  await mechanic.fetch(post());
  await mechanic.idle();
  const actionRuns = mechanic.events()[0]?.taskRuns[0]?.actionRuns ?? [];
  return { mechanic, actionRuns };
}

/** A task that asks for these actions. */
export function asking(actions: { type: string; options: unknown }[]): Task {
  return {
    name: 'Ask',
    subscriptions: [topic],
    perform_action_runs_in_sequence: true,
    run: () => actions.map((action) => ({ action })),
  };
}
