import { readOutput } from '../runs/stream.js';
import type { Task } from '../task.js';
import type { RunnableTask } from './runnable-task.js';
import { taskId } from './task-id.js';

/** A task that is a function. The caller's own object is kept: a task's run() may use `this`. */
export function fromFunction(task: Task, place: string): RunnableTask {
  return {
    id: taskId(place, task.name),
    name: task.name,
    performsInSequence: task.perform_action_runs_in_sequence ?? false,
    haltsOnError: task.halt_action_run_sequence_on_error ?? false,
    delaysFor: (topic) => (task.subscriptions.includes(topic) ? [0] : []),
    run: ({ event, cache }) => readOutput(() => task.run({ event, cache })),
  };
}
