import { isObject, type Json, show, toJson } from '../json.js';
import type { TaskOutput } from '../task.js';

/** An action, as a task's output asks for it. */
export interface RequestedAction {
  type: string;
  options: Json;
  meta?: Json;
  /** Whether `mechanic/actions/perform` may follow. */
  performsEvent: boolean;
}

interface GivenAction {
  type: string;
  options?: unknown;
  meta?: unknown;
  __meta?: unknown;
  __perform_event?: unknown;
}

const actionKeys = ['type', 'options', 'meta', '__meta', '__perform_event'];

/** A task's output, read to its end. */
export interface Output {
  actions: RequestedAction[];
  logs: Json[];
  /** Any of them fails the task run. */
  errors: Json[];
  /** Of a task file: for each error, the script's line that it came from. */
  errorLines?: number[];
}

/** Renders a task. What it throws ends the output, and is its last error. */
export async function readOutput(render: () => TaskOutput): Promise<Output> {
  const output: Output = { actions: [], logs: [], errors: [] };
  try {
    for await (const object of streamOf(await render())) readStreamObject(object, output);
  } catch (error) {
    output.errors.push(error instanceof Error ? error.message : show(error));
  }
  return output;
}

function streamOf(produced: unknown): AsyncIterable<unknown> | Iterable<unknown> {
  if (produced === undefined) return [];
  if (typeof produced === 'object' && produced !== null) {
    if (Symbol.asyncIterator in produced) return produced as AsyncIterable<unknown>;
    if (Symbol.iterator in produced) return produced as Iterable<unknown>;
  }
  throw new TypeError(
    `run() must yield or return an array of { action }, { log } and { error }; it returned ${show(produced)}`,
  );
}

/** Adds one object of the output to what was read before it. */
export function readStreamObject(object: unknown, { actions, logs, errors }: Output): void {
  const [[kind, content] = [], ...others] = isObject(object) ? Object.entries(object) : [];
  if (others.length === 0 && kind === 'log') logs.push(jsonOf(content));
  else if (others.length === 0 && kind === 'error') errors.push(jsonOf(content));
  else if (others.length === 0 && kind === 'action' && isAction(content)) actions.push(readAction(content));
  else
    errors.push(
      `A task yields { action: { type, options } }, { log } or { error }; received ${show(object)}`,
    );
}

/** The control parameters may be beside the options or among them. Source of fact: Mechanic docs, "Action objects". */
function readAction({ type, options, meta, ...control }: GivenAction): RequestedAction {
  const given = jsonOf(options);
  const { __meta, __perform_event, ...own } = isObject(given) ? given : {};
  const action = {
    type,
    options: isObject(given) ? (own as Json) : given,
    performsEvent: (control.__perform_event ?? __perform_event) !== false,
  };
  const note = meta ?? control.__meta ?? __meta;
  return note === undefined ? action : { ...action, meta: jsonOf(note) };
}

function isAction(content: unknown): content is GivenAction {
  return (
    isObject(content) &&
    typeof content['type'] === 'string' &&
    Object.keys(content).every((key) => actionKeys.includes(key))
  );
}

function jsonOf(content: unknown): Json {
  try {
    return toJson(content);
  } catch (cause) {
    const message = `A task yields what JSON can hold; received ${show(content)}`;
    throw new TypeError(message, { cause });
  }
}
