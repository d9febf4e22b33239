import { type Token, TypeGuards, type Value } from 'liquidjs';
import { toFloat } from './float.js';

/** Makes the numbers that are written with a point floats, in a value's own part; filters do so for their arguments. */
export function floatLiterals(value: Value): Value {
  for (const token of value.initial.postfix) {
    if (isFloatLiteral(token)) Object.assign(token, { content: toFloat(Number(token.getText())) });
  }
  return value;
}

/** Whether it is a number with a point: `5.0`. */
export function isFloatLiteral(token: Token | undefined): boolean {
  return token !== undefined && TypeGuards.isNumberToken(token) && token.getText().includes('.');
}
