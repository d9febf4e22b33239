import type { MechanicEvent, TaskRun } from '../event.js';
import { pause } from '../latency.js';
import { createRandom } from '../random.js';
import type { World } from '../world.js';
import { performTaskRun } from './task-run.js';

/** Event → event run → task runs, one for each task that subscribes to the topic. */
export async function performEventRun(world: World, event: MechanicEvent): Promise<void> {
  const { seed, tasks } = world.settings;
  const ordinal = world.events.indexOf(event);
  await pause(world.delays.eventRunMs, createRandom(seed, ordinal), world.closed);
  event.status = 'performed';
  const subscribed = tasks.filter(({ subscriptions }) => subscriptions.includes(event.topic));
  const runs = subscribed.map((task, index) => {
    const run: TaskRun = { task: task.name, status: 'pending', logs: [], errors: [], actionRuns: [] };
    event.taskRuns.push(run);
    return performTaskRun(world, event, task, run, createRandom(seed, ordinal, index));
  });
  await Promise.all(runs);
}
