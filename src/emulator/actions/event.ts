import { type Json, type JsonObject, show } from '../json.js';
import { userTopicPattern } from '../topics.js';
import { readOptions, readText } from './arguments.js';
import type { ActionContext } from './performer.js';

/** Makes a child event. Source of fact: Mechanic docs, "Event action". */
export function eventAction(received: Json, { world, event }: ActionContext): Json {
  const options = readOptions('event', received, {
    required: ['topic', 'data'],
    optional: ['task_id', 'task_ids'],
  });
  const topic = readText('event', 'topic', options['topic']);
  if (!userTopicPattern.test(topic)) {
    throw new Error(`event: topic must be "user/subject/verb"; received "${topic}"`);
  }
  const taskIds = readTaskIds(options);
  const draft = { topic, data: options['data'] ?? null, webhookId: null, requestId: null, parent: event };
  world.emit(taskIds === undefined ? draft : { ...draft, taskIds });
  return null;
}

/** The tasks that may respond; `undefined` for all. */
function readTaskIds({ task_id: one, task_ids: several }: JsonObject): string[] | undefined {
  if (one === undefined && several === undefined) return undefined;
  const ids = several === undefined ? [one] : several;
  const isOneOfThem = one === undefined || several === undefined;
  if (isOneOfThem && Array.isArray(ids) && ids.every((id) => typeof id === 'string')) return ids;
  throw new Error(
    `event: task_id must be text, or task_ids a list of texts; received ${show({ task_id: one, task_ids: several })}`,
  );
}
