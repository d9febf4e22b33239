import type { EventData } from './event.js';
import type { Json } from './json.js';

/** The `event` that a task sees. Source of fact: Mechanic docs, "Event object". */
export interface TaskEvent {
  /** `user/subject/verb` */
  topic: string;
  /** What was submitted, as Mechanic reads it. */
  data: EventData;
  /** `"user"`, or `"mechanic"` for an event that follows an action run. */
  source: string;
  /** ISO 8601. */
  created_at: string;
  /** Always `false`: the local Mechanic has no preview mode. */
  preview: false;
  /** The event whose action made this one, up to five generations; else `null`. */
  parent: TaskEvent | null;
  /** The `x-request-id` of the webhook's response; `null` for an event that an action made. */
  webhook_request_id: string | null;
}

/** What a task run is given. */
export interface TaskContext {
  /** What made it run. */
  event: TaskEvent;
  /** The cache when the task run began, by key. The run's own actions do not show in it. */
  cache: { readonly [key: string]: Json };
}

/** One object of a task's output, as a task's Liquid renders it. */
export type StreamObject =
  | {
      /** An action to perform after the task run. */
      action: {
        /** Its name: `cache`, `http`, … */
        type: string;
        /** As in the task's Liquid: positional or by name. */
        options: unknown;
        /** Given along to what follows. */
        meta?: unknown;
      };
    }
  | {
      /** Any JSON, for the run's log. */
      log: unknown;
    }
  | {
      /** Any JSON. It fails the task run, and none of its actions are performed. */
      error: unknown;
    };

/** What `run` may give: a generator, an async generator, an array, a promise of one, or nothing. */
export type TaskOutput =
  | Iterable<StreamObject>
  | AsyncIterable<StreamObject>
  | undefined
  | Promise<Iterable<StreamObject> | undefined>;

/**
 * A Mechanic task as a function.
 *
 * @example
 * {
 *   name: 'Quote',
 *   subscriptions: ['user/quote/requested'],
 *   *run({ event }) {
 *     yield { log: event.data };
 *     yield { action: { type: 'cache', options: ['set', 'quotes', { total: 5 }] } };
 *   },
 * }
 */
export interface Task {
  /** What the dashboard calls it. */
  name: string;
  /** Event topics, each `user/subject/verb`, or `mechanic/actions/perform`. */
  subscriptions: readonly string[];
  /** Action runs go one after another, in the order of the output. @default false */
  perform_action_runs_in_sequence?: boolean;
  /** In a sequence, a failed action run keeps the rest from being performed. @default false */
  halt_action_run_sequence_on_error?: boolean;
  /**
   * Renders the output. An `error` object, a throw, or anything that is no stream object fails the task run,
   * and none of its actions are performed.
   */
  run(context: TaskContext): TaskOutput;
}
