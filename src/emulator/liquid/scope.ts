import { Drop } from 'liquidjs';
import { isObject, type Json, type JsonObject } from '../json.js';
import type { TaskEvent } from '../task.js';
import { performTopic } from '../topics.js';

/** Mechanic's own literals. Source of fact: Mechanic docs, "Keyword literals". */
export const literals = { array: [], hash: {}, newline: '\n' };

/** An object of which only some fields are emulated: to read another fails, where nil would look like an answer. */
class PartialDrop extends Drop {
  readonly #remedy: (key: string) => string;

  constructor(fields: JsonObject, remedy: (key: string) => string) {
    super();
    this.#remedy = remedy;
    Object.assign(this, fields);
  }

  override liquidMethodMissing(key: string | number): never {
    throw new Error(this.#remedy(String(key)));
  }
}

/** What a script and its options may read. Source of fact: Mechanic docs, "Environment variables". */
export function createScope(given: {
  event: TaskEvent;
  cache: { readonly [key: string]: Json };
  shop: JsonObject;
  task: JsonObject;
}): { [name: string]: unknown } {
  const { event, cache, shop, task } = given;
  return {
    ...literals,
    ...subjectOf(event),
    event,
    cache,
    task,
    shop: new PartialDrop(shop, (key) => `shop.${key} is not emulated: give it in the option "shop"`),
    globals: new PartialDrop({}, (key) => `globals.${key} is not emulated: use an option of the task`),
    secrets: new PartialDrop({}, (key) => `secrets.${key} is not emulated: use an option of the task`),
  };
}

/** The variable that is named after an event's subject, where there is one. */
function subjectOf({ topic, data }: TaskEvent): { [name: string]: unknown } {
  if (topic === performTopic) return { action: data };
  const subject = topic.split('/')[1] ?? '';
  return ['customer', 'customers'].includes(subject) && isObject(data) ? { customer: data } : {};
}
