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

const layoutKey = 'storefront-layout';

/** `{% layout none %}`, `{% layout 'name' %}`: it prints nothing, and is told to whoever rendered the template. */
export function createLayoutTag(): TagClass {
  return class LayoutTag extends Tag {
    readonly #name: string | null;

    constructor(token: TagToken, remaining: TopLevelToken[], liquid: Liquid) {
      super(token, remaining, liquid);
      const [, quoted] = /^(?:none|'([^']+)'|"([^"]+)")$/.exec(token.args.trim())?.filter(Boolean) ?? [];
      if (quoted === undefined && token.args.trim() !== 'none')
        throw new Error(`name the layout in quotes, or none: ${token.getText()}`);
      this.#name = quoted ?? null;
    }

    render(context: Context): void {
      context.setRegister(layoutKey, { name: this.#name });
    }
  };
}

/** The layout that a rendered template asked for; `theme` if it did not say. */
export function layoutOf(context: Context): string | null {
  const said = context.getRegister(layoutKey) as { name: string | null } | undefined;
  return said === undefined ? 'theme' : said.name;
}
