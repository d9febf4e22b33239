import { type Emitter, toValue } from 'liquidjs';
import { show } from '../json.js';

/** Collects what a script prints, and remembers which of its lines printed what. */
export class SourceEmitter implements Emitter {
  buffer = '';
  /** The script's line that is being rendered. */
  line = 1;
  readonly #marks: { offset: number; line: number }[] = [];

  write(value: unknown): void {
    const text = printed(value);
    if (text === '') return;
    this.#marks.push({ offset: this.buffer.length, line: this.line });
    this.buffer += text;
  }

  /** The script's line that printed what is at this offset. */
  lineAt(offset: number): number {
    const mark = this.#marks.filter((candidate) => candidate.offset <= offset).at(-1);
    if (mark === undefined) return 1;
    // Text that the script holds as it is can have several lines.
    return mark.line + (this.buffer.slice(mark.offset, offset).match(/\n/g)?.length ?? 0);
  }
}

/** A value as Liquid prints it: nil is nothing, a list is its items, and a hash is never JSON. */
export function printed(given: unknown): string {
  const value: unknown = toValue(given);
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) return value.map(printed).join('');
  if (typeof value === 'object' && !(value instanceof Number)) return show(value);
  return String(value);
}
