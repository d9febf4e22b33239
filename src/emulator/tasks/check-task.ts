import { z } from 'zod';
import { isObject } from '../json.js';
import type { Task } from '../task.js';
import { performTopic, userTopicPattern } from '../topics.js';
import { taskFileSchema } from './check-task-file.js';

const text = z.string('must be text').min(1, 'must not be empty');
const flag = z.boolean('must be true or false');
const topic = text.refine(
  (given) => userTopicPattern.test(given) || given === performTopic,
  `must be three parts, "user/subject/verb", without an offset, or "${performTopic}"`,
);

const functionTaskSchema = z.strictObject(
  {
    name: text,
    subscriptions: z.array(topic, 'must be a list'),
    perform_action_runs_in_sequence: flag.optional(),
    halt_action_run_sequence_on_error: flag.optional(),
    run: z.custom<Task['run']>((run) => typeof run === 'function', 'must be a function'),
  },
  'must be an object, or the path of a task file',
);

/** Checks one of the tasks that an emulator is given: by its form, as a function or as a task file's content. */
export function checkTask({ value, issues }: z.core.ParsePayload<unknown>): void {
  if (typeof value === 'string' || value instanceof URL) return;
  const schema = isObject(value) && 'script' in value ? taskFileSchema : functionTaskSchema;
  for (const issue of schema.safeParse(value).error?.issues ?? []) {
    issues.push({ ...issue, input: value } as z.core.$ZodRawIssue);
  }
}
