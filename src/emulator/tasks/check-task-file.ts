import { z } from 'zod';
import { faultsOf } from '../check.js';
import { isJsonObject, type JsonObject } from '../json.js';
import { createTaskLiquid } from '../liquid/engine.js';
import { literals } from '../liquid/scope.js';
import { optionFault } from './option-keys.js';
import { readSubscriptions, type Subscription } from './subscriptions.js';
import type { TaskFile } from './task-file.js';

const text = z.string('must be text');
const flag = z.boolean('must be true or false').nullish();
const nullableText = text.nullish();

const options = z
  .custom<JsonObject>(isJsonObject, 'must be an object that JSON can hold')
  .check(({ value, issues }) => {
    for (const [key, option] of Object.entries(value)) {
      const message = optionFault(key, option);
      if (message !== undefined) issues.push({ code: 'custom', message, path: [key], input: option });
    }
  });

/** What a task file holds. Source of fact: Mechanic's public task library, its JSON schema. */
export const taskFileSchema = z
  .strictObject(
    {
      name: text.min(1, 'must not be empty'),
      options,
      subscriptions_template: text,
      script: text,
      docs: text,
      subscriptions: z.array(text, 'must be a list').optional(),
      tags: z.array(text, 'must be a list').optional(),
      perform_action_runs_in_sequence: flag,
      halt_action_run_sequence_on_error: flag,
      online_store_javascript: nullableText,
      order_status_javascript: nullableText,
      preview_event_definitions: z.array(z.unknown(), 'must be a list').optional(),
      shopify_api_version: nullableText,
      liquid_profiling: flag,
    },
    'must be an object',
  )
  .check(({ value, issues }) => {
    try {
      subscriptionsOf(value);
    } catch (error) {
      const path = [value.subscriptions_template.trim() === '' ? 'subscriptions' : 'subscriptions_template'];
      issues.push({ code: 'custom', message: (error as Error).message, path, input: value });
    }
  });

/**
 * The content of a task file, checked.
 *
 * @throws Error that names each fault by its path.
 */
export function readTaskFile(content: string): TaskFile {
  const received: unknown = parse(content);
  const { error } = taskFileSchema.safeParse(received);
  if (error) throw new Error(`${faultsOf(error, received, '').join('. ')}.`);
  return received as TaskFile;
}

function parse(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch (cause) {
    throw new Error(`it is not JSON: ${(cause as Error).message}`, { cause });
  }
}

/**
 * The template's topics; those of `subscriptions` where it is blank. Mechanic renders it when a task is saved: there
 * is no event then, and options are as they were written.
 *
 * @throws Error when it cannot be rendered, or holds what is no topic.
 */
export function subscriptionsOf(file: {
  subscriptions_template: string;
  subscriptions?: string[] | undefined;
  options: JsonObject;
}): Subscription[] {
  if (file.subscriptions_template.trim() === '')
    return readSubscriptions((file.subscriptions ?? []).join('\n'));
  const liquid = createTaskLiquid({ random: () => 0, zone: 'UTC', currency: 'USD' });
  const { output, failure } = liquid(file.subscriptions_template, { ...literals, options: file.options });
  if (failure) throw new Error(`cannot be rendered: ${failure.message} (line ${failure.line})`);
  return readSubscriptions(output.buffer);
}
