import type { MechanicEvent } from '../event.js';
import type { TaskEvent } from '../task.js';

/** Source of fact: Mechanic docs, "Event object". */
const generations = 5;

/** The event as a task sees it: a copy, with its parents up to five generations. */
export function toTaskEvent(
  event: MechanicEvent,
  events: readonly MechanicEvent[],
  depth = generations,
): TaskEvent {
  const parent = depth === 0 ? undefined : events.find(({ id }) => id === event.parentId);
  return {
    topic: event.topic,
    data: structuredClone(event.data),
    // "user" or "mechanic": the domain of the topic.
    source: event.topic.split('/')[0] ?? '',
    created_at: event.createdAt,
    preview: false,
    parent: parent === undefined ? null : toTaskEvent(parent, events, depth - 1),
    webhook_request_id: event.requestId,
  };
}
