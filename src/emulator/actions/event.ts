import type { Json } from '../json.js';
import { readOptions, readText } from './arguments.js';
import type { ActionContext } from './performer.js';

/** Makes a child event. Source of fact: Mechanic docs, "Event action". */
export function eventAction(received: Json, { world, event }: ActionContext): Json {
  const options = readOptions('event', received, { required: ['topic', 'data'] });
  const topic = readText('event', 'topic', options['topic']);
  if (!/^user\/[^/\s]+\/[^/\s]+$/.test(topic)) {
    throw new Error(`event: topic must be "user/subject/verb"; received "${topic}"`);
  }
  world.emit({ topic, data: options['data'] ?? null, webhookId: null, requestId: null, parent: event });
  return null;
}
