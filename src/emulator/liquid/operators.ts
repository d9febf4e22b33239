import { type Context, defaultOperators, type Operators, toValue } from 'liquidjs';
import { isObject, show } from '../json.js';
import { Float, isNumeric } from './float.js';
import { isSame } from './same.js';

type Comparison = (left: number | string, right: number | string) => boolean;

/**
 * Liquid's operators as Ruby has them. LiquidJS compares hashes by identity, and `"10" > 5` as JavaScript does;
 * in Ruby hashes are compared by content, and comparing text with a number is an error, which a task meets as soon
 * as a number comes in from a form.
 */
export const operators: Operators = {
  ...defaultOperators,
  '==': (left, right, context) => equal(left, right, context),
  '!=': function* (left: unknown, right: unknown, context: Context) {
    return !(yield equal(left, right, context));
  },
  '>': ordering('>', (left, right) => left > right),
  '<': ordering('<', (left, right) => left < right),
  '>=': ordering('>=', (left, right) => left >= right),
  '<=': ordering('<=', (left, right) => left <= right),
  contains: (left: unknown, right: unknown, context: Context) => {
    const container: unknown = toValue(left);
    const item: unknown = toValue(right);
    if (item === undefined || item === null) return false;
    if (Array.isArray(container)) return container.some((candidate) => isSame(candidate, item));
    if (isObject(container)) return Object.hasOwn(container, String(item));
    return native('contains', left, right, context);
  },
};

function equal(left: unknown, right: unknown, context: Context) {
  if (isContainer(left) && isContainer(right)) return isSame(left, right);
  return native('==', left, right, context);
}

function ordering(name: string, compare: Comparison) {
  return (given: unknown, other: unknown, context: Context) => {
    const left: unknown = toValue(given);
    const right: unknown = toValue(other);
    if (left === undefined || left === null || right === undefined || right === null) return false;
    if (isNumeric(left) && isNumeric(right)) return compare(Number(left), Number(right));
    if (typeof left === 'string' && typeof right === 'string' && given === left && other === right)
      return compare(left, right);
    // `empty` and `blank` have their own say.
    if (given !== left || other !== right) return native(name, given, other, context);
    throw new Error(`comparison of ${kindOf(left)} with ${show(right)} failed`);
  };
}

function native(name: string, left: unknown, right: unknown, context: Context) {
  const operator = defaultOperators[name];
  if (operator === undefined) throw new Error(`LiquidJS has no operator ${name}`);
  return operator(left, right, context);
}

function isContainer(value: unknown): boolean {
  return (
    Array.isArray(value) ||
    (isObject(value) && !(value instanceof Float) && toValue(value) === value && isPlain(value))
  );
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function kindOf(value: unknown): string {
  if (isNumeric(value)) return 'a number';
  if (typeof value === 'string') return 'text';
  return Array.isArray(value) ? 'an array' : `a ${typeof value}`;
}
