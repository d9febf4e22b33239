import { count } from './words.js';

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/**
 * Says what was published somewhere, and nothing that is in it: it can be another shopper's.
 *
 * @param id the probe's UUID, once it was sent
 */
export function shapeOf(text: string, id?: string): string {
  if (text.trim() === '') return 'nothing';
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return `${count(Buffer.byteLength(text), 'byte')} that are no JSON`;
  }
  if (value === null) return 'null';
  if (Array.isArray(value)) return `a list of ${count(value.length, 'item')}`;
  if (typeof value !== 'object') return `a ${typeof value}`;
  const { uuid: own, status } = value as { [key: string]: unknown };
  if (own !== undefined) {
    const known = ['working', 'done', 'failed'].includes(status as string)
      ? ` and the status "${status}"`
      : '';
    return `a record with ${own === id ? "the probe's" : 'another'} UUID${known}`;
  }
  const names = Object.keys(value);
  const ids = names.filter((name) => uuid.test(name));
  if (id !== undefined && ids.includes(id))
    return `a map of ${count(ids.length, 'UUID')}, the probe's among them`;
  if (ids.length > 0) return `a map of ${count(ids.length, 'UUID')}, without the probe's`;
  return `an object of ${count(names.length, 'field')}, without a UUID`;
}

/** Whether there is anything: a blank text and `null` are what a place holds before its first result. */
export function isVacant(text: string): boolean {
  return ['', 'null'].includes(text.trim());
}

/** Whether a text is JSON, or is blank. */
export function isJson(text: string): boolean {
  try {
    JSON.parse(text.trim() || 'null');
    return true;
  } catch {
    return false;
  }
}
