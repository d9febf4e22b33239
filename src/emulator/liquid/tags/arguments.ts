import { type Context, type Liquid, type Tokenizer, toValue, Value } from 'liquidjs';
import { floatLiterals } from '../literals.js';

/** What follows a tag's name: `"http", method: "get"`. */
export interface TagArguments {
  positional: readonly Value[];
  named: ReadonlyMap<string, Value>;
}

/**
 * Reads a tag's arguments. Commas may be missing, as they are in many tasks. An argument may have filters, each
 * with one argument of its own, since a comma begins the tag's next one.
 */
export function readArguments(tokenizer: Tokenizer, liquid: Liquid): TagArguments {
  const positional: Value[] = [];
  const named = new Map<string, Value>();
  for (skipComma(tokenizer); !tokenizer.end(); skipComma(tokenizer)) {
    const begin = tokenizer.p;
    const name = tokenizer.readIdentifier().getText();
    tokenizer.skipBlank();
    if (name !== '' && tokenizer.peek() === ':') {
      tokenizer.advance();
      named.set(name, readValue(tokenizer, liquid));
    } else {
      tokenizer.p = begin;
      positional.push(readValue(tokenizer, liquid));
    }
  }
  return { positional, named };
}

/** The values of the arguments that have a name, as a hash. */
export function* evaluateNamed(
  named: ReadonlyMap<string, Value>,
  context: Context,
): Generator<unknown, { [name: string]: unknown }> {
  const entries: [string, unknown][] = [];
  for (const [name, value] of named) entries.push([name, yield* evaluate(value, context)]);
  return Object.fromEntries(entries);
}

export function* evaluate(value: Value, context: Context): Generator<unknown, unknown> {
  return toValue(yield value.value(context)) ?? null;
}

function skipComma(tokenizer: Tokenizer): void {
  tokenizer.skipBlank();
  if (tokenizer.peek() === ',') tokenizer.advance();
  tokenizer.skipBlank();
}

function readValue(tokenizer: Tokenizer, liquid: Liquid): Value {
  tokenizer.skipBlank();
  const begin = tokenizer.p;
  tokenizer.assert(tokenizer.readValue(), () => `cannot read ${tokenizer.snapshot(begin)}`);
  for (tokenizer.skipBlank(); tokenizer.peek() === '|'; tokenizer.skipBlank()) {
    tokenizer.advance();
    tokenizer.assert(tokenizer.readIdentifier().size(), 'expected a filter name');
    tokenizer.skipBlank();
    if (tokenizer.peek() !== ':') continue;
    tokenizer.advance();
    tokenizer.assert(tokenizer.readValue(), () => `cannot read ${tokenizer.snapshot(begin)}`);
  }
  return floatLiterals(new Value(tokenizer.input.slice(begin, tokenizer.p), liquid));
}
