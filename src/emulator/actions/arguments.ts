import { isObject, type Json, type JsonObject, show } from '../json.js';

/**
 * An action's options, which must be an object with none but the known names.
 *
 * @throws Error that names the option that is unknown or missing.
 */
export function readOptions(
  action: string,
  options: Json | undefined,
  known: { required: readonly string[]; optional?: readonly string[] },
): JsonObject {
  if (!isObject(options)) throw new Error(`${action}: options must be an object; received ${show(options)}`);
  const all = [...known.required, ...(known.optional ?? [])];
  const unknown = Object.keys(options).find((name) => !all.includes(name));
  if (unknown !== undefined)
    throw new Error(`${action}: unknown or not emulated option "${unknown}"; received ${show(options)}`);
  const missing = known.required.find((name) => !Object.hasOwn(options, name));
  if (missing !== undefined)
    throw new Error(`${action}: option "${missing}" is required; received ${show(options)}`);
  return options as JsonObject;
}

/** @throws Error when the option is not text. */
export function readText(action: string, name: string, value: Json | undefined): string {
  if (typeof value !== 'string') throw new Error(`${action}: ${name} must be text; received ${show(value)}`);
  return value;
}
