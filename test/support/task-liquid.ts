import { type Context, Liquid, Tag, type TagToken, type Template, type TopLevelToken } from 'liquidjs';
import type { StreamObject, Task } from 'mechanic-storefront/emulator';

/** The tags of a task's Liquid that the README uses: enough to run its recipes, and no more. */
export function taskFrom(script: string, subscription: string): Task {
  return {
    name: 'From the README',
    subscriptions: [subscription],
    async run({ event, cache }) {
      const output: StreamObject[] = [];
      const liquid = new Liquid();
      liquid.registerTag('assign', Assign);
      liquid.registerTag(
        'action',
        block('action', (type, text) => output.push({ action: { type, options: optionsOf(type, text) } })),
      );
      liquid.registerTag(
        'error',
        block('error', (_, text) => output.push({ error: JSON.parse(text) })),
      );
      await liquid.parseAndRender(script, { event, cache, hash: {} });
      return output;
    },
  };
}

const optionsOf = (type: string, text: string): unknown => (type === 'shopify' ? text : JSON.parse(text));

/** `{% assign a["b"][c] = value %}`, by value. */
class Assign extends Tag {
  readonly #keys: string[];
  readonly #value: string;

  constructor(token: TagToken, remaining: TopLevelToken[], liquid: Liquid) {
    super(token, remaining, liquid);
    const [, target = '', value = ''] = /^(.+?) = (.+)$/s.exec(token.args) ?? [];
    this.#keys = target.replaceAll(']', '').split('[');
    this.#value = value;
  }

  override *render(context: Context): Generator<unknown, void, unknown> {
    const [name = '', ...keys] = this.#keys;
    const value = structuredClone(yield this.liquid._evalValue(this.#value, context));
    const path = [];
    for (const key of keys) path.push(String(yield this.liquid._evalValue(key, context)));
    const last = path.pop();
    const scope = context.bottom() as { [name: string]: unknown };
    if (last === undefined) {
      scope[name] = value;
      return;
    }
    const root = structuredClone(context.getSync([name])) as { [name: string]: unknown };
    const target = path.reduce((at, key) => at[key] as { [name: string]: unknown }, root);
    target[last] = value;
    scope[name] = root;
  }
}

/** A block tag whose content is rendered and handed over, with the tag's first argument. */
function block(name: string, take: (argument: string, text: string) => void) {
  return class extends Tag {
    readonly #templates: Template[] = [];
    readonly #argument: string;

    constructor(token: TagToken, remaining: TopLevelToken[], liquid: Liquid) {
      super(token, remaining, liquid);
      this.#argument = token.args.replaceAll('"', '').trim();
      const stream = liquid.parser.parseStream(remaining);
      stream
        .on(`tag:end${name}`, () => stream.stop())
        .on('template', (template: Template) => this.#templates.push(template))
        .start();
    }

    override *render(context: Context): Generator<unknown, void, string> {
      take(this.#argument, yield this.liquid.renderer.renderTemplates(this.#templates, context));
    }
  };
}
