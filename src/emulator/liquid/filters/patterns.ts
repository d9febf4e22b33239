import { Drop } from 'liquidjs';
import { printed } from '../source-emitter.js';
import type { TaskFilters } from './filter.js';

/** A match of a regular expression: the text itself, with its captures. */
export class Match extends Drop {
  readonly captures: (string | null)[];
  readonly named_captures: { [name: string]: string | null };
  readonly #text: string;

  constructor(match: RegExpMatchArray) {
    super();
    const [text, ...captures] = match;
    this.#text = text;
    this.captures = captures.map((capture) => capture ?? null);
    this.named_captures = Object.fromEntries(
      Object.entries(match.groups ?? {}).map(([name, capture]) => [name, capture ?? null]),
    );
  }

  override valueOf(): string {
    return this.#text;
  }

  override toString(): string {
    return this.#text;
  }

  toJSON(): string {
    return this.#text;
  }
}

/** What Ruby's regular expressions write otherwise than JavaScript's. */
const rubyisms: { [ruby: string]: string } = {
  '\\A': '(?<![\\s\\S])',
  '\\z': '(?![\\s\\S])',
  '\\Z': '(?=\\n?(?![\\s\\S]))',
  '\\h': '[0-9a-fA-F]',
  '[:alpha:]': '\\p{L}',
  '[:digit:]': '\\p{Nd}',
  '[:alnum:]': '\\p{L}\\p{N}',
  '[:upper:]': '\\p{Lu}',
  '[:lower:]': '\\p{Ll}',
  '[:space:]': '\\s',
  '[:punct:]': '!-\\/:-@\\[-`\\{-~',
};

/** Regular expressions, as far as JavaScript's can stand for Ruby's. */
export const patternFilters: TaskFilters = {
  match(input, { positional: [pattern] }) {
    const found = printed(input).match(toRegExp('match', pattern, ''));
    return found === null ? null : new Match(found);
  },
  scan: (input, { positional: [pattern] }) =>
    [...printed(input).matchAll(toRegExp('scan', pattern, 'g'))].map((found) => new Match(found)),
};

function toRegExp(filter: string, pattern: unknown, flags: string): RegExp {
  const source = printed(pattern).replace(/\[:\w+:\]|\\[AzZh]/g, (ruby) => rubyisms[ruby] ?? ruby);
  try {
    // In Ruby, ^ and $ are the ends of each line.
    return new RegExp(source, `${flags}m${/\\p\{/.test(source) ? 'u' : ''}`);
  } catch (cause) {
    const message = `${filter}: the regular expression ${printed(pattern)} cannot be emulated: ${(cause as Error).message}`;
    throw new Error(message, { cause });
  }
}
