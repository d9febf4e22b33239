import type { Json } from './json.js';

/** What a webhook made of a request: parameters, or the body as text, or nothing. */
export type EventData = Json;

/** An action run, as it stands. */
export interface ActionRun {
  /** The action's name: `cache`, `http`, … */
  type: string;
  /** What the task gave it. */
  options: Json;
  /** What the task gave along, for the runs that follow. */
  meta?: Json;
  /** How far it is. */
  status: 'pending' | 'succeeded' | 'failed' | 'not performed';
  /** What the action gave; `null` until it is performed. */
  result: Json;
  /** Why it failed or was not performed. */
  error?: string;
}

/** A task run, as it stands. */
export interface TaskRun {
  /** The task's name. */
  task: string;
  /** How far it is. */
  status: 'pending' | 'running' | 'succeeded' | 'failed';
  /** The `log` objects, in order. */
  logs: Json[];
  /** The `error` objects; a throw is there by its message. */
  errors: Json[];
  /** Of a task file: for each of the errors, the line of the script that it came from. */
  errorLines?: number[];
  /** Empty for a failed task run: its actions are discarded. */
  actionRuns: ActionRun[];
}

/** An event, with all that came of it so far. */
export interface MechanicEvent {
  /** A UUID of its own. */
  id: string;
  /** `user/subject/verb` */
  topic: string;
  /** What the task reads as `event.data`. */
  data: EventData;
  /** The `x-request-id` of the webhook's response; `null` for an event that an action made. */
  requestId: string | null;
  /** ISO 8601. */
  createdAt: string;
  /** The webhook that it came through; `null` for an event that an action made. */
  webhookId: string | null;
  /** The id of the event whose action made this one. */
  parentId?: string;
  /** `performed` when the event run is over and the task runs are made. */
  status: 'pending' | 'performed';
  /** One for each task that subscribes to the topic. */
  taskRuns: TaskRun[];
}
