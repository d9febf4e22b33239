import type { MechanicEvent, TaskRun } from '../event.js';
import { pause } from '../latency.js';
import { createRandom } from '../random.js';
import type { EventDraft, World } from '../world.js';
import { performTaskRun } from './task-run.js';

/** Event → event run → task runs, one for each subscription to the topic. */
export async function performEventRun(world: World, event: MechanicEvent, draft: EventDraft): Promise<void> {
  const { seed } = world.settings;
  const ordinal = world.events.indexOf(event);
  await pause(world.delays.eventRunMs, createRandom(seed, ordinal), world.closed);
  event.status = 'performed';
  const mayRespond = ({ id }: { id: string }) => draft.taskIds?.includes(id) ?? true;
  const subscribed = world
    .tasks()
    .filter(mayRespond)
    .flatMap((task) => task.delaysFor(event.topic).map((delayMs) => ({ task, delayMs })));
  const runs = subscribed.map(({ task, delayMs }, index) => {
    const run: TaskRun = { task: task.name, status: 'pending', logs: [], errors: [], actionRuns: [] };
    event.taskRuns.push(run);
    const random = createRandom(seed, ordinal, index);
    return performTaskRun({ world, event, draft, task, run, delayMs, random });
  });
  await Promise.all(runs);
}
