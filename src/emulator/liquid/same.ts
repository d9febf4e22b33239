import { isDeepStrictEqual } from 'node:util';
import { toJson } from '../json.js';

/** Whether two values have the same content: what Ruby's `==` says of numbers, texts, arrays and hashes. */
export function isSame(left: unknown, right: unknown): boolean {
  return left === right || isDeepStrictEqual(toJson(left), toJson(right));
}
