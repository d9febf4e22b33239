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

/** A block whose content is for Shopify, such as `{% schema %}`: it prints nothing. */
export function silentBlock(name: string): TagClass {
  return class SilentBlock extends Tag {
    constructor(token: TagToken, remaining: TopLevelToken[], liquid: Liquid) {
      super(token, remaining, liquid);
      const end = remaining.findIndex((next) => 'name' in next && next.name === `end${name}`);
      if (end === -1) throw new Error(`tag ${token.getText()} is not closed`);
      remaining.splice(0, end + 1);
    }

    override render(): void {}
  };
}
