import { type Float, isFloat, isNumeric, toFloat } from '../float.js';
import type { TaskFilters } from './filter.js';

interface Operand {
  value: number;
  isFloat: boolean;
}

/** A value as a number, as Ruby's Liquid reads it: text by its leading digits, anything else as 0. */
export function toOperand(value: unknown): Operand {
  if (isNumeric(value)) return { value: Number(value), isFloat: isFloat(value) };
  if (typeof value !== 'string') return { value: 0, isFloat: false };
  if (/^\s*-?\d+\.\d+\s*$/.test(value)) return { value: Number(value), isFloat: true };
  return { value: Number(/^\s*[+-]?\d+/.exec(value)?.[0] ?? 0), isFloat: false };
}

/**
 * Without the noise of binary fractions: Ruby's Liquid counts with decimals, where 0.1 + 0.2 is 0.3. A number that
 * is much shorter when it is rounded to 15 digits was meant to be that.
 */
function tidy(value: number): number {
  const rounded = Number(value.toPrecision(15));
  return String(rounded).length + 2 < String(value).length ? rounded : value;
}

function binary(compute: (left: Operand, right: Operand) => number) {
  return (input: unknown, { positional: [argument] }: { positional: readonly unknown[] }) => {
    const left = toOperand(input);
    const right = toOperand(argument);
    const result = tidy(compute(left, right));
    return left.isFloat || right.isFloat ? toFloat(result) : result;
  };
}

function dividing(compute: (left: number, right: number, isFloat: boolean) => number) {
  return binary((left, right) => {
    if (right.value === 0) throw new Error('divided by 0');
    return compute(left.value, right.value, left.isFloat || right.isFloat);
  });
}

function unary(compute: (value: number) => number) {
  return (input: unknown) => compute(toOperand(input).value);
}

/** Arithmetic, with Ruby's difference between integers and floats. */
export const numberFilters: TaskFilters = {
  plus: binary((left, right) => left.value + right.value),
  minus: binary((left, right) => left.value - right.value),
  times: binary((left, right) => left.value * right.value),
  divided_by: dividing((left, right, float) => (float ? left / right : Math.floor(left / right))),
  modulo: dividing((left, right) => left - right * Math.floor(left / right)),
  at_least: binary((left, right) => Math.max(left.value, right.value)),
  at_most: binary((left, right) => Math.min(left.value, right.value)),
  abs(input) {
    const { value, isFloat: float } = toOperand(input);
    return float ? toFloat(Math.abs(value)) : Math.abs(value);
  },
  ceil: unary(Math.ceil),
  floor: unary(Math.floor),
  round(input, { positional: [digits] }) {
    const { value } = toOperand(input);
    const places = toOperand(digits).value;
    const rounded = Math.sign(value) * shifted(Math.round(shifted(Math.abs(value), places)), -places);
    return places > 0 ? toFloat(rounded) : rounded;
  },
};

/** Moves the decimal point in the digits themselves, for 1.005 × 100 is not 100.5 in binary. */
function shifted(value: number, places: number): number {
  const [mantissa, exponent = '0'] = String(value).split('e');
  return Number(`${mantissa}e${Number(exponent) + places}`);
}

/** The sum of numbers. */
export function sumOf(values: readonly unknown[]): number | Float {
  const faulty = values.find((value) => !isNumeric(value));
  if (faulty !== undefined || values.includes(undefined))
    throw new Error(`sum: every element must be a number; received ${JSON.stringify(faulty ?? null)}`);
  const total = tidy(values.reduce<number>((sum, value) => tidy(sum + Number(value)), 0));
  return values.some(isFloat) ? toFloat(total) : total;
}
