import {
  type Context,
  type Emitter,
  type Liquid,
  type Parser,
  Tag,
  type TagToken,
  type Template,
  type TopLevelToken,
} from 'liquidjs';
import { isObject } from '../../json.js';
import { evaluate, evaluateNamed, readArguments, type TagArguments } from './arguments.js';
import { parseBlock, readBlock, renderBlock } from './block.js';

/** Arguments that are no options, in each form of the tag. Source of fact: Mechanic docs, "action". */
const controls = ['__perform_event', '__meta'];

/**
 * `{% action %}` in each of its forms. It is a block when nothing but an action's type, and controls, follows its
 * name; all other forms have no end. It prints `{"action": {…}}`. Source of fact: Mechanic docs, "action".
 */
export class ActionTag extends Tag {
  readonly #arguments: TagArguments;
  readonly #block: Template[] | undefined;

  constructor(token: TagToken, remaining: TopLevelToken[], liquid: Liquid, parser: Parser) {
    super(token, remaining, liquid);
    this.#arguments = readArguments(this.tokenizer, liquid);
    const { positional, named } = this.#arguments;
    const isBlock = positional.length < 2 && [...named.keys()].every((name) => controls.includes(name));
    this.#block = isBlock ? readBlock(token, remaining, parser) : undefined;
    if (!isBlock && positional.length === 0) throw new Error(`${token.getText()} names no action type`);
  }

  override *render(context: Context, emitter: Emitter): Generator<unknown, void> {
    const action = this.#block ? yield* this.#fromBlock(this.#block, context) : yield* this.#fromTag(context);
    emitter.write(`${JSON.stringify({ action })}\n`);
  }

  *#fromBlock(block: Template[], context: Context): Generator<unknown, unknown> {
    const text = yield* renderBlock(block, context, this.liquid);
    const [typeArgument] = this.#arguments.positional;
    const named = yield* evaluateNamed(this.#arguments.named, context);
    if (typeArgument === undefined) {
      const action = parseBlock(this.token, text);
      return isObject(action) ? { ...action, ...named } : action;
    }
    const type = yield* evaluate(typeArgument, context);
    return { type, options: type === 'shopify' ? jsonOrText(text) : parseBlock(this.token, text), ...named };
  }

  *#fromTag(context: Context): Generator<unknown, unknown> {
    const values: unknown[] = [];
    for (const value of this.#arguments.positional) values.push(yield* evaluate(value, context));
    const all = yield* evaluateNamed(this.#arguments.named, context);
    const isControl = ([name]: [string, unknown]) => controls.includes(name);
    const control = Object.fromEntries(Object.entries(all).filter(isControl));
    const named = Object.fromEntries(Object.entries(all).filter((entry) => !isControl(entry)));
    return { type: values[0], ...optionsOf(values.slice(1), named, this.token), ...control };
  }
}

function optionsOf(given: unknown[], named: { [name: string]: unknown }, token: TagToken): object {
  const names = Object.keys(named);
  if (given.length > 0 && names.length > 0)
    throw new Error(`${token.getText()} mixes options that have a name with options that have none`);
  if (names.includes('options') && names.every((name) => ['options', 'meta'].includes(name))) return named;
  if (names.length > 0) return { options: named };
  if (given.length === 2 && isObject(given[0])) return { options: given[0], meta: given[1] };
  return { options: given.length === 1 ? given[0] : given };
}

/** A `shopify` block holds GraphQL, or JSON. */
function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
