import type { TaskFile } from 'mechanic-storefront/emulator';

/** What a task file with this script holds. */
export function taskFile(script: string, topic: string, others: Partial<TaskFile> = {}): TaskFile {
  return { name: 'Task', options: {}, subscriptions_template: topic, script, docs: '', ...others };
}
