import {
  type Context,
  type Emitter,
  evalToken,
  type Liquid,
  Tag,
  type TagToken,
  type TopLevelToken,
  type ValueToken,
} from 'liquidjs';

type TagClass = Parameters<Liquid['registerTag']>[1];

/** `{% section 'name' %}`: the section in its wrapper. */
export function createSectionTag(renderSection: (id: string, scope: object) => Promise<string>): TagClass {
  return class SectionTag extends Tag {
    readonly #name: ValueToken | undefined;

    constructor(token: TagToken, remaining: TopLevelToken[], liquid: Liquid) {
      super(token, remaining, liquid);
      this.#name = this.tokenizer.readValue();
      if (this.#name === undefined) throw new Error(`name the section: ${token.getText()}`);
    }

    *render(context: Context, emitter: Emitter): Generator<unknown, void, string> {
      const name = yield evalToken(this.#name, context);
      emitter.write(yield renderSection(name, context.globals));
    }
  };
}
