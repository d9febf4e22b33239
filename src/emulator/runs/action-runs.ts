import { NotEmulatedError, performAction } from '../actions/perform.js';
import type { ActionRun, MechanicEvent } from '../event.js';
import { pause } from '../latency.js';
import { type Random, shuffle } from '../random.js';
import type { Task } from '../task.js';
import type { World } from '../world.js';

/** Performs a task run's actions: in no order, unless the task asks for a sequence. */
export async function performActionRuns(
  world: World,
  event: MechanicEvent,
  task: Task,
  runs: readonly ActionRun[],
  random: Random,
): Promise<void> {
  if (task.perform_action_runs_in_sequence) return await performInSequence(world, event, task, runs, random);
  // Shuffled, so that the order is arbitrary (and the seed's) with delays of zero, too.
  await Promise.all(shuffle(runs, random).map((run) => performActionRun(world, event, run, random)));
}

async function performInSequence(
  world: World,
  event: MechanicEvent,
  task: Task,
  runs: readonly ActionRun[],
  random: Random,
): Promise<void> {
  for (const [index, run] of runs.entries()) {
    await performActionRun(world, event, run, random);
    if (run.status === 'succeeded' || !task.halt_action_run_sequence_on_error) continue;
    for (const rest of runs.slice(index + 1)) {
      rest.status = 'not performed';
      rest.error = `The "${run.type}" action before it failed, and the task halts its sequence on an error.`;
    }
    return;
  }
}

async function performActionRun(
  world: World,
  event: MechanicEvent,
  run: ActionRun,
  random: Random,
): Promise<void> {
  await pause(world.delays.actionRunMs, random, world.closed);
  try {
    run.result = await performAction(run, { world, event });
    run.status = 'succeeded';
  } catch (error) {
    run.status = error instanceof NotEmulatedError ? 'not performed' : 'failed';
    run.error = error instanceof Error ? error.message : String(error);
  }
}
