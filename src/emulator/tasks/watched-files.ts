import { basename } from 'node:path';
import { userTopicPattern } from '../topics.js';
import { readTaskFile } from './check-task-file.js';
import { fromTaskFile } from './file-task.js';
import type { RunnableTask } from './runnable-task.js';
import { taskId } from './task-id.js';
import { filesAt, readText, toPath } from './task-paths.js';

interface Loaded {
  text: string;
  task: RunnableTask;
}

/** The task files at a path or glob pattern, as they are whenever one asks. Only what has changed is read anew. */
export class WatchedFiles {
  readonly #path: string;
  #loaded = new Map<string, Loaded>();

  /** @throws Error when there is no file, or one of them is no task file: it names the file and each fault. */
  constructor(given: string | URL) {
    this.#path = toPath(given);
    const files = filesAt(this.#path);
    if (files.length === 0)
      throw new Error(`must be a task file or a pattern of some, and there is none at ${this.#path}`);
    for (const file of files) {
      const text = readText(file);
      if (text === undefined) throw new Error(`names a file that cannot be read: ${file}`);
      this.#loaded.set(file, { text, task: load(file, text) });
    }
  }

  /** A file that has become invalid keeps its last good subscriptions, and fails its task runs. */
  tasks(): RunnableTask[] {
    const now = new Map<string, Loaded>();
    for (const file of filesAt(this.#path)) {
      const text = readText(file);
      const before = this.#loaded.get(file);
      if (text === undefined) continue;
      now.set(file, before?.text === text ? before : { text, task: reload(file, text, before?.task) });
    }
    this.#loaded = now;
    return [...now.values()].map(({ task }) => task);
  }
}

/** @throws Error that names the file and each fault. */
function load(file: string, text: string): RunnableTask {
  try {
    return fromTaskFile(readTaskFile(text), file);
  } catch (cause) {
    throw new Error(`names a file that is no task file: ${file}: ${(cause as Error).message}`, { cause });
  }
}

function reload(file: string, text: string, before: RunnableTask | undefined): RunnableTask {
  try {
    return fromTaskFile(readTaskFile(text), file);
  } catch (error) {
    const message = `The task file ${file} has become invalid: ${(error as Error).message}`;
    const name = before?.name ?? basename(file);
    return {
      id: before?.id ?? taskId(file, name),
      name,
      performsInSequence: false,
      haltsOnError: false,
      // Whoever asks for anything is told of a new file that was never valid: nobody knows its subscriptions.
      delaysFor: before?.delaysFor ?? ((topic) => (userTopicPattern.test(topic) ? [0] : [])),
      run: async () => ({ actions: [], logs: [], errors: [message] }),
    };
  }
}
