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
import { evaluate, evaluateNamed, readArguments, type TagArguments } from './arguments.js';
import { parseBlock, readBlock, renderBlock } from './block.js';

/**
 * `{% log %}` and `{% error %}`: a block without arguments, or a tag with one argument, or with arguments that all
 * have a name. Prints `{"log": …}` or `{"error": …}`. Source of fact: Mechanic docs, "log" and "error".
 */
export class MessageTag extends Tag {
  readonly #arguments: TagArguments;
  readonly #block: Template[] | undefined;

  constructor(token: TagToken, remaining: TopLevelToken[], liquid: Liquid, parser: Parser) {
    super(token, remaining, liquid);
    this.#arguments = readArguments(this.tokenizer, liquid);
    const { positional, named } = this.#arguments;
    const count = positional.length + named.size;
    this.#block = count === 0 ? readBlock(token, remaining, parser) : undefined;
    if (positional.length > 1 || (positional.length === 1 && named.size > 0))
      throw new Error(`${token.getText()} takes one argument, or arguments that all have a name`);
  }

  override *render(context: Context, emitter: Emitter): Generator<unknown, void> {
    const content = yield* this.#content(context);
    emitter.write(`${JSON.stringify({ [this.name]: content })}\n`);
  }

  *#content(context: Context): Generator<unknown, unknown> {
    if (this.#block) return parseBlock(this.token, yield* renderBlock(this.#block, context, this.liquid));
    const [single] = this.#arguments.positional;
    if (single !== undefined) return yield* evaluate(single, context);
    return yield* evaluateNamed(this.#arguments.named, context);
  }
}
