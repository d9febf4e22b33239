import type { JsonObject } from '../json.js';

/**
 * A task as Mechanic exports and imports it: what a task file holds.
 * Source of fact: Mechanic docs, "Import and export".
 */
export interface TaskFile {
  /** The task's name. */
  name: string;
  /** The merchant's settings, by keys that end in their type: `pieces__number_required`. Text is Liquid. */
  options: JsonObject;
  /** Liquid that gives one event topic to a line, each with an offset (`+1.hour`) or none. */
  subscriptions_template: string;
  /** Liquid that gives actions, logs and errors. */
  script: string;
  /** Markdown about the task. */
  docs: string;
  /** The topics, where the template is blank. @default [] */
  subscriptions?: string[];
  /** For Mechanic's task list. */
  tags?: string[];
  /** Action runs go one after another, in the order of the output. @default false */
  perform_action_runs_in_sequence?: boolean;
  /** In a sequence, a failed action run keeps the rest from being performed. @default false */
  halt_action_run_sequence_on_error?: boolean;
  /** For a theme: the local Mechanic does nothing with it. */
  online_store_javascript?: string | null;
  /** For the order status page: the local Mechanic does nothing with it. */
  order_status_javascript?: string | null;
  /** For previews: the local Mechanic makes none. */
  preview_event_definitions?: unknown[];
  /** For the Admin API, which the local Mechanic does not have. */
  shopify_api_version?: string | null;
  /** For Mechanic's profiler, which the local Mechanic does not have. */
  liquid_profiling?: boolean | null;
}
