import { inspect, isDeepStrictEqual } from 'node:util';

/** Any value that JSON can hold. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** A JSON object. */
export type JsonObject = { [key: string]: Json };

/**
 * The value as it would come back from JSON text, which is what a Mechanic task's output is.
 * `undefined` becomes `null`.
 *
 * @throws TypeError for what JSON cannot hold (a BigInt, a cycle).
 */
export function toJson(value: unknown): Json {
  return JSON.parse(JSON.stringify(value) ?? 'null') as Json;
}

/** Whether the value is a JSON object: not null, not an array. */
export function isObject(value: unknown): value is { [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether the value is an object that comes back from JSON text as it was. */
export function isJsonObject(value: unknown): value is JsonObject {
  try {
    return isObject(value) && isDeepStrictEqual(toJson(value), value);
  } catch {
    return false;
  }
}

/** A value as it is shown in an error message: on one line, and cut when it is long. */
export function show(value: unknown): string {
  const text = inspect(value, { breakLength: Number.POSITIVE_INFINITY, depth: 4 });
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}
