import type { EmulatorOptions, Json, TaskFile, TaskRun } from 'mechanic-storefront/emulator';
import { taskFile } from '../../support/task-file.ts';
import { createInstant, post, topic } from '../helpers.ts';

/** What a script makes of one event, and the local Mechanic that it ran in. */
export async function runScript(
  script: string,
  { data = null, file = {}, ...options }: { data?: Json; file?: Partial<TaskFile> } & EmulatorOptions = {},
) {
  const mechanic = createInstant({ tasks: [taskFile(script, topic, file)], ...options });
  await mechanic.fetch(post(data === null ? null : JSON.stringify(data), { type: 'application/json' }));
  await mechanic.idle();
  const run = mechanic.events()[0]?.taskRuns[0] as TaskRun;
  return { mechanic, run };
}

/** The value of an expression with filters. A failure of the task run is thrown. */
export async function evaluate(
  expression: string,
  given: Parameters<typeof runScript>[1] = {},
): Promise<unknown> {
  const { run } = await runScript(`{% assign value = ${expression} %}{% log value %}`, given);
  if (run.status === 'failed') throw new Error(run.errors.join('; '));
  return run.logs[0];
}
