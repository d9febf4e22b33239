import { printed } from '../source-emitter.js';
import type { TaskFilters } from './filter.js';
import { toOperand } from './numbers.js';

/** The literal `newline` stands for both kinds of line end. Source of fact: Mechanic docs, "newline". */
const newline = '\n';
const lineEnd = /\r?\n/;

/** Text. The rest of Mechanic's text filters are LiquidJS's own. */
export const textFilters: TaskFilters = {
  split(input, { positional: [separator] }) {
    const text = printed(input);
    const by = printed(separator);
    // Ruby's split: a single space stands for any white space, and empty items at the end are dropped.
    const items = by === ' ' ? text.trim().split(/\s+/) : text.split(by === newline ? lineEnd : by);
    while (items.at(-1) === '') items.pop();
    return items;
  },
  replace(input, { positional: [pattern, replacement] }) {
    const by = printed(pattern);
    return printed(input).replaceAll(by === newline ? /\r?\n/g : by, () => printed(replacement));
  },
  newline_to_br: (input) => printed(input).replace(/\r?\n/g, '<br />\n'),
  unindent(input) {
    const lines = printed(input).split('\n');
    const depths = lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/));
    const depth = Math.min(...depths, Number.MAX_SAFE_INTEGER);
    return lines.map((line) => line.slice(Math.min(depth, line.search(/\S|$/)))).join('\n');
  },
  pluralize: (input, { positional: [singular, plural] }) =>
    toOperand(input).value === 1 ? singular : plural,
  handleize,
  handle: handleize,
  default(input, { positional: [fallback], named }) {
    if (input === false) return named['allow_false'] === true ? false : fallback;
    const isEmpty =
      input === '' ||
      (typeof input === 'object' && !(input instanceof Number) && Object.keys(input ?? {}).length === 0);
    return input === undefined || isEmpty ? fallback : input;
  },
};

function handleize(input: unknown): string {
  const words =
    printed(input)
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.join('-');
}
