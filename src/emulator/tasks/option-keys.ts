import { isObject } from '../json.js';

/** Flags that say what a value is. Source of fact: Mechanic docs, "Options". */
const kinds = ['array', 'boolean', 'keyval', 'number'] as const;

/** After these, a key goes on with choices, which may look like flags. */
const choiceFlags = ['select', 'choice', 'multiselect', 'range', 'picker'];

const keyPattern = /^[a-z0-9_]+$/;

/** What is wrong with an option's value, by the flags at the end of its key (`pieces__number_required`). */
export function optionFault(key: string, value: unknown): string | undefined {
  if (!keyPattern.test(key)) return 'is no key for an option: lower-case letters, digits and underscores';
  const flags = flagsOf(key);
  if (isBlank(value)) return flags.includes('required') ? 'is required' : undefined;
  const isNested = flags.includes('array') || flags.includes('keyval');
  for (const kind of kinds) {
    if (!flags.includes(kind) || (isNested && kind === 'number')) continue;
    if (!checks[kind](value)) return names[kind];
  }
  return undefined;
}

/** The flags at the end of an option's key. */
export function flagsOf(key: string): string[] {
  const [, ...segments] = key.split('__');
  return segments.flatMap((segment) => {
    const flags = segment.split('_');
    return choiceFlags.includes(flags[0] ?? '')
      ? flags.slice(-1).filter((flag) => flag === 'required')
      : flags;
  });
}

const checks: { [kind in (typeof kinds)[number]]: (value: unknown) => boolean } = {
  array: Array.isArray,
  boolean: (value) => typeof value === 'boolean',
  keyval: isObject,
  // Exports have numbers as text, too, and text may be Liquid.
  number: (value) =>
    typeof value === 'number' ||
    (typeof value === 'string' && (/\{[{%]/.test(value) || !Number.isNaN(Number(value)))),
};

const names: { [kind in (typeof kinds)[number]]: string } = {
  array: 'must be a list',
  boolean: 'must be true or false',
  keyval: 'must be an object',
  number: 'must be a number',
};

function isBlank(value: unknown): boolean {
  if (value === null || value === undefined) return true;
  if (typeof value === 'string') return value.trim() === '';
  return typeof value === 'object' && Object.keys(value).length === 0;
}
