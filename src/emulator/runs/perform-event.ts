import type { ActionRun, MechanicEvent } from '../event.js';
import type { RunnableTask } from '../tasks/runnable-task.js';
import { performTopic } from '../topics.js';
import type { World } from '../world.js';

/**
 * Tells the task of an action run's outcome, if it subscribes to `mechanic/actions/perform`: that task alone. An
 * echo action tells nothing. Source of fact: Mechanic docs, "Responding to action results".
 */
export function emitPerformEvent(
  {
    world,
    event,
    task,
    results,
  }: { world: World; event: MechanicEvent; task: RunnableTask; results: string },
  { run, performsEvent }: { run: ActionRun; performsEvent: boolean },
): void {
  if (!performsEvent || run.type === 'echo' || run.status === 'not performed') return;
  if (task.delaysFor(performTopic).length === 0) return;
  const { type, options, meta = null, status, error = null, result } = run;
  world.emit({
    topic: performTopic,
    data: { type, options, meta, run: { ok: status === 'succeeded', error, result } },
    webhookId: null,
    requestId: null,
    parent: event,
    taskIds: [task.id],
    predecessor: results,
  });
}
