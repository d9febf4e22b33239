import type { Json } from '../json.js';

/** A file in base64 would fill the page, and slow it down. */
const longestString = 2_000;
const longestText = 20_000;
const longestLine = 100;

/** JSON to read: on lines of its own, and cut where it is long. */
export function pretty(value: Json): string {
  return cut(
    JSON.stringify(value, (_, part: Json) => cutString(part), 2),
    longestText,
  );
}

/** The beginning of a value, on one line. */
export function preview(value: Json): string {
  return cut(
    JSON.stringify(value, (_, part: Json) => cutString(part)),
    160,
  );
}

/** Text as it is, anything else as JSON, on one line where that is short: what a log or an error shows. */
export function plain(value: Json): string {
  if (typeof value === 'string') return cut(value);
  const line = JSON.stringify(value);
  return line.length <= longestLine ? line : pretty(value);
}

/** A text, cut where it is long. */
export function cut(text: string, length: number = longestText): string {
  if (text.length <= length) return text;
  return `${text.slice(0, length)}… (${text.length.toLocaleString('en')} characters)`;
}

function cutString(part: Json): Json {
  return typeof part === 'string' ? cut(part, longestString) : part;
}

/** The line of a Liquid file that an error's message names: `…, line:3, col:5` or `…(line 3)`. */
export function lineIn(message: string): number | null {
  const [, line] = /\bline[: ]\s?(\d+)/i.exec(message) ?? [];
  return line === undefined ? null : Number(line);
}

/** How long until then: `42 s`, `5 min`, `3 h`, `60 days`. */
export function until(iso: string): string {
  const seconds = Math.max(0, Math.round((Date.parse(iso) - Date.now()) / 1000));
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7_200) return `${Math.round(seconds / 60)} min`;
  if (seconds < 172_800) return `${Math.round(seconds / 3_600)} h`;
  return `${Math.round(seconds / 86_400)} days`;
}

/** The time of day, to the second, in UTC. */
export function clock(iso: string): string {
  return iso.slice(11, 19);
}
