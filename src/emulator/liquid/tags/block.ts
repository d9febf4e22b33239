import type { Context, Liquid, Parser, TagToken, Template, TopLevelToken } from 'liquidjs';
import { show } from '../../json.js';
import { printed, SourceEmitter } from '../source-emitter.js';

/** Takes a block's templates off the stream, up to `{% end<name> %}`. */
export function readBlock(token: TagToken, remaining: TopLevelToken[], parser: Parser): Template[] {
  const templates: Template[] = [];
  const stream = parser
    .parseStream(remaining)
    .on(`tag:end${token.name}`, () => stream.stop())
    .on('template', (template: Template) => templates.push(template))
    .on('end', () => {
      throw new Error(`${token.getText()} needs an {% end${token.name} %}`);
    });
  stream.start();
  return templates;
}

/** What a block's templates print. */
export function* renderBlock(
  templates: Template[],
  context: Context,
  liquid: Liquid,
): Generator<unknown, string> {
  return printed(yield liquid.renderer.renderTemplates(templates, context, new SourceEmitter()));
}

/** @throws Error that shows the tag and the text. */
export function parseBlock(token: TagToken, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const message = `${token.getText()} must hold JSON: ${(cause as Error).message}; it holds ${show(text.trim())}`;
    throw new Error(message, { cause });
  }
}
