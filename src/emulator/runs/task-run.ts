import type { MechanicEvent, TaskRun } from '../event.js';
import { pause } from '../latency.js';
import type { Random } from '../random.js';
import type { RunnableTask } from '../tasks/runnable-task.js';
import type { EventDraft, World } from '../world.js';
import { performActionRuns } from './action-runs.js';
import { loopFault, resultsOf } from './loops.js';
import { toTaskEvent } from './task-event.js';

/** All that belongs to one task run. */
export interface TaskRunContext {
  world: World;
  event: MechanicEvent;
  draft: EventDraft;
  task: RunnableTask;
  run: TaskRun;
  /** What its subscription's offset asks for. */
  delayMs: number;
  random: Random;
}

/** Task run → action runs, which begin when all of the output is there, and only if it holds no error. */
export async function performTaskRun(context: TaskRunContext): Promise<void> {
  const { world, event, draft, task, run, delayMs, random } = context;
  await pause(world.delays.taskRunMs, random, world.closed);
  // An offset is exact: 0.5 is the middle of the jitter.
  if (delayMs > 0) await pause(delayMs, () => 0.5, world.closed);
  run.status = 'running';
  const taskEvent = toTaskEvent(event, world.events);
  const { shop } = world.settings;
  const output = await task.run({ event: taskEvent, cache: world.cache.snapshot(), shop, random });
  const fault = loopFault(event, draft, output, world.events);
  run.logs = output.logs;
  run.errors = fault === undefined ? output.errors : [...output.errors, fault];
  if (output.errorLines?.length) run.errorLines = output.errorLines;
  run.status = run.errors.length === 0 ? 'succeeded' : 'failed';
  if (run.status === 'failed') return;
  const requested = output.actions.map(({ performsEvent, ...action }) => {
    const actionRun = { ...action, status: 'pending' as const, result: null };
    run.actionRuns.push(actionRun);
    return { run: run.actionRuns.at(-1) ?? actionRun, performsEvent };
  });
  await performActionRuns({ world, event, task, random, results: resultsOf(output) }, requested);
}
