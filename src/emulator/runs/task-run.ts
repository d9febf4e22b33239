import type { MechanicEvent, TaskRun } from '../event.js';
import { pause } from '../latency.js';
import type { Random } from '../random.js';
import type { Task } from '../task.js';
import type { World } from '../world.js';
import { performActionRuns } from './action-runs.js';
import { readOutput } from './stream.js';
import { toTaskEvent } from './task-event.js';

/** Task run → action runs, which begin when all of the output is there, and only if it holds no error. */
export async function performTaskRun(
  world: World,
  event: MechanicEvent,
  task: Task,
  run: TaskRun,
  random: Random,
): Promise<void> {
  await pause(world.delays.taskRunMs, random, world.closed);
  run.status = 'running';
  const context = { event: toTaskEvent(event, world.events), cache: world.cache.snapshot() };
  const { actions, logs, errors } = await readOutput(() => task.run(context));
  run.logs = logs;
  run.errors = errors;
  run.status = errors.length === 0 ? 'succeeded' : 'failed';
  if (run.status === 'failed') return;
  run.actionRuns = actions.map((action) => ({ ...action, status: 'pending', result: null }));
  await performActionRuns(world, event, task, run.actionRuns, random);
}
