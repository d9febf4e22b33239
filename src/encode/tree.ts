import { kindOf } from '../errors.js';
import type { Encoding } from '../types.js';
import { refuse } from './refuse.js';

/** Data made of nothing but what an encoding can say. */
export type Tree = null | string | number | boolean | Blob | Tree[] | { [key: string]: Tree };

// Ruby's JSON parser and Rack both stop at a depth of 100.
const DEEPEST = 100;

/**
 * What stands for a value: what its `toJSON` returns, asked once, as `JSON.stringify` does. An invalid date says
 * `null` there, so it is not asked, and refused.
 */
export function spoken(value: unknown): unknown {
  const { toJSON } = (value ?? {}) as { toJSON?: unknown };
  const isInvalid = kindOf(value) === 'Date' && Number.isNaN(Number(value));
  return typeof toJSON === 'function' && !isInvalid ? toJSON.call(value) : value;
}

/**
 * Copies a {@link spoken} value into a {@link Tree}, or refuses it with its path (`items[1].tags`). Members without a
 * value are left out, in form encodings `null` too: nil cannot be said there, and an empty string is truthy in Liquid.
 */
export function toTree(value: unknown, encoding: Encoding, path = '', above: readonly unknown[] = []): Tree {
  const isForm = encoding === 'form' || encoding === 'multipart';
  const kind = kindOf(value);
  if (typeof value === 'string') return wellFormed(value, path);
  if (typeof value === 'boolean' || Number.isFinite(value)) return value as boolean | number;
  if (value == null && !isForm) return null;
  const isFile = kind === 'File' || kind === 'Blob';
  if (encoding === 'multipart' && isFile) return value as Blob;
  const isList = Array.isArray(value);
  if (!isList && kind !== 'Object') {
    refuse(
      path,
      kind === 'Number' || kind === 'Date' ? String(value) : kind,
      `'${encoding}' cannot carry it. ${isFile ? "Use the 'multipart' encoding." : 'Send a text, or leave it out.'}`,
    );
  }
  if (above.includes(value)) refuse(path, 'contains itself', 'Send the parts that the task needs.');
  if (above.length >= DEEPEST) refuse(path, `over ${DEEPEST} levels deep`, 'Flatten it.');
  const within = [...above, value];
  // Array.from, since map leaves holes.
  if (isList)
    return Array.from(value, (item, index) => toTree(spoken(item), encoding, `${path}[${index}]`, within));
  return Object.fromEntries(
    Object.entries(value as object)
      .map(([key, member]) => [key, spoken(member)] as const)
      .filter(([, member]) => member !== undefined && (member !== null || !isForm))
      .map(([key, member]) => {
        const here = path ? `${path}.${key}` : key;
        return [safeKey(wellFormed(key, here), here), toTree(member, encoding, here, within)];
      }),
  );
}

/** Half of a surrogate pair is no text in UTF-8. */
export function wellFormed(text: string, path: string): string {
  return /\p{Surrogate}/u.test(text)
    ? refuse(path, 'half a character', 'Cut texts between characters.')
    : text;
}

/** A key that would change the prototype of a careless reader's object. */
export function safeKey(key: string, path: string): string {
  return key === '__proto__' ? refuse(path, 'an unsafe key', 'Rename it.') : key;
}
