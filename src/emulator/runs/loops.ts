import type { MechanicEvent } from '../event.js';
import type { EventDraft } from '../world.js';
import type { Output } from './stream.js';

/** Longer than any chain of events that is meant to end. Mechanic has no such limit: it only slows down. */
const mostGenerations = 100;

/** What two task runs are compared by. */
export function resultsOf({ actions, logs }: Output): string {
  return JSON.stringify({ actions, logs });
}

/**
 * Why a task run must fail lest it go on forever: it gives what the run before it gave, or it has too many
 * ancestors. Source of fact for the first: Mechanic docs, "Responding to action results".
 */
export function loopFault(
  event: MechanicEvent,
  { predecessor }: EventDraft,
  output: Output,
  events: readonly MechanicEvent[],
): string | undefined {
  if (output.actions.length === 0) return undefined;
  if (predecessor === resultsOf(output))
    return 'This task run gives the same actions and logs as the one whose action it responds to: a loop, which Mechanic stops. Look at event.topic, or set "__perform_event": false on the action.';
  if (generationsBefore(event, events) >= mostGenerations)
    return `This event has ${mostGenerations} generations of events before it: an endless loop, which the local Mechanic stops.`;
  return undefined;
}

function generationsBefore(event: MechanicEvent, events: readonly MechanicEvent[]): number {
  let count = 0;
  for (
    let at: MechanicEvent | undefined = event;
    at?.parentId !== undefined && count < mostGenerations;
    count++
  ) {
    const { parentId }: MechanicEvent = at;
    at = events.find(({ id }) => id === parentId);
  }
  return count;
}
