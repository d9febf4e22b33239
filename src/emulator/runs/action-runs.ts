import { NotEmulatedError, performAction } from '../actions/perform.js';
import type { ActionRun, MechanicEvent } from '../event.js';
import { pause } from '../latency.js';
import { type Random, shuffle } from '../random.js';
import type { RunnableTask } from '../tasks/runnable-task.js';
import type { World } from '../world.js';
import { emitPerformEvent } from './perform-event.js';

/** What a task run's actions have in common. */
export interface ActionRunsContext {
  world: World;
  event: MechanicEvent;
  task: RunnableTask;
  random: Random;
  /** What the task run gave, to recognise a loop by. */
  results: string;
}

/** An action run that is to be performed. */
export interface RequestedRun {
  run: ActionRun;
  /** Whether `mechanic/actions/perform` may follow. */
  performsEvent: boolean;
}

/** Performs a task run's actions: in no order, unless the task asks for a sequence. */
export async function performActionRuns(
  context: ActionRunsContext,
  requested: readonly RequestedRun[],
): Promise<void> {
  if (context.task.performsInSequence) return await performInSequence(context, requested);
  // Shuffled, so that the order is arbitrary (and the seed's) with delays of zero, too.
  await Promise.all(shuffle(requested, context.random).map((one) => performActionRun(context, one)));
}

async function performInSequence(
  context: ActionRunsContext,
  requested: readonly RequestedRun[],
): Promise<void> {
  for (const [index, one] of requested.entries()) {
    await performActionRun(context, one);
    if (one.run.status === 'succeeded' || !context.task.haltsOnError) continue;
    for (const { run: rest } of requested.slice(index + 1)) {
      rest.status = 'not performed';
      rest.error = `The "${one.run.type}" action before it failed, and the task halts its sequence on an error.`;
    }
    return;
  }
}

async function performActionRun(context: ActionRunsContext, requested: RequestedRun): Promise<void> {
  const { world, event, random } = context;
  const { run } = requested;
  await pause(world.delays.actionRunMs, random, world.closed);
  try {
    run.result = await performAction(run, { world, event });
    run.status = 'succeeded';
  } catch (error) {
    run.status = error instanceof NotEmulatedError ? 'not performed' : 'failed';
    run.error = error instanceof Error ? error.message : String(error);
  }
  emitPerformEvent(context, requested);
}
