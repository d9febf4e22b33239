import type { EmulatorOptions } from '../options.js';
import { OptionsError } from '../options-error.js';
import { fromTaskFile } from './file-task.js';
import { fromFunction } from './function-task.js';
import type { RunnableTask } from './runnable-task.js';
import { WatchedFiles } from './watched-files.js';

/**
 * The tasks that an emulator was given, as they are whenever one asks.
 *
 * @throws OptionsError that names the option and the file when a task file is missing or is none.
 */
export function createTaskSet(given: EmulatorOptions['tasks'] = []): () => RunnableTask[] {
  const list = typeof given === 'string' || given instanceof URL ? [given] : given;
  const sources = list.map((item, index): (() => RunnableTask[]) => {
    const name = list === given ? `tasks[${index}]` : 'tasks';
    if (typeof item === 'string' || item instanceof URL) {
      const files = atStart(name, () => new WatchedFiles(item));
      return () => files.tasks();
    }
    const task = 'script' in item ? fromTaskFile(item, name) : fromFunction(item, name);
    return () => [task];
  });
  return () => sources.flatMap((tasks) => tasks());
}

function atStart<T>(name: string, make: () => T): T {
  try {
    return make();
  } catch (cause) {
    throw new OptionsError([`${name} ${(cause as Error).message.replace(/\.$/, '')}`], { cause });
  }
}
