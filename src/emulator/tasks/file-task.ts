import { type Json, type JsonObject, show } from '../json.js';
import { createTaskLiquid, type Rendered } from '../liquid/engine.js';
import { readPieces } from '../liquid/output-stream.js';
import { createScope } from '../liquid/scope.js';
import { type Output, readStreamObject } from '../runs/stream.js';
import { subscriptionsOf } from './check-task-file.js';
import { renderOptions } from './render-options.js';
import type { RunContext, RunnableTask } from './runnable-task.js';
import type { TaskFile } from './task-file.js';
import { taskId } from './task-id.js';

/**
 * A task that is a task file's content.
 *
 * @param place tells two tasks of the same name apart.
 * @throws Error when its subscriptions cannot be read.
 */
export function fromTaskFile(file: TaskFile, place: string): RunnableTask {
  const subscriptions = subscriptionsOf(file);
  const task = { id: taskId(place, file.name), name: file.name, created_at: new Date().toISOString() };
  return {
    id: task.id,
    name: file.name,
    performsInSequence: file.perform_action_runs_in_sequence ?? false,
    haltsOnError: file.halt_action_run_sequence_on_error ?? false,
    delaysFor: (topic) => [
      ...new Set(subscriptions.filter((one) => one.topic === topic).map(({ delayMs }) => delayMs)),
    ],
    run: async (context) => runScript(file, task, context),
  };
}

/** Options, then script, then the objects that it printed. Each failure is one of the output's errors. */
function runScript(file: TaskFile, task: JsonObject, { event, cache, shop, random }: RunContext): Output {
  const liquid = createTaskLiquid({ random, zone: shop.iana_timezone, currency: shop.currency });
  const scope = createScope({ event, cache, shop, task });
  try {
    const options = renderOptions(file.options, (text) => liquid(text, scope));
    return readRendered(liquid(file.script, { ...scope, options, task: { ...task, options } }));
  } catch (error) {
    return { actions: [], logs: [], errors: [(error as Error).message] };
  }
}

function readRendered({ output: printed, failure }: Rendered): Output {
  const output: Output & { errorLines: number[] } = { actions: [], logs: [], errors: [], errorLines: [] };
  const fail = (message: Json, line: number) => {
    output.errors.push(`${String(message)} (line ${line} of the script)`);
    output.errorLines.push(line);
  };
  for (const piece of readPieces(printed.buffer)) {
    const line = printed.lineAt(piece.offset);
    if ('text' in piece) {
      fail(`The output must be JSON objects; it has ${show(piece.text)}`, line);
      continue;
    }
    readStreamObject(piece.object, output);
    if (output.errors.length === output.errorLines.length) continue;
    // An error of the task's own is kept as it is; what is said of a malformed object gets its line.
    if ('error' in piece.object) output.errorLines.push(line);
    else fail(output.errors.pop() ?? null, line);
  }
  if (failure) fail(failure.message, failure.line);
  return output;
}
