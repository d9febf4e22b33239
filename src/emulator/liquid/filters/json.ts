import { show } from '../../json.js';
import { isNil, refuseOthers, type TaskFilters } from './filter.js';

/** JSON, and lines of it. */
export const jsonFilters: TaskFilters = {
  json: (input) => toJsonText(input),
  parse_json(input, { named }) {
    refuseOthers('parse_json', named, ['silent']);
    try {
      return parse('parse_json', input);
    } catch (error) {
      if (named['silent'] === true) return null;
      throw error;
    }
  },
  jsonl: (input) => [input ?? []].flat().map(toJsonText).join('\n'),
  parse_jsonl: (input) =>
    String(input ?? '')
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => parse('parse_jsonl', line)),
};

function toJsonText(value: unknown): string {
  return JSON.stringify(value ?? null);
}

function parse(filter: string, input: unknown): unknown {
  if (isNil(input)) throw new Error(`${filter}: received nil`);
  try {
    return JSON.parse(String(input));
  } catch (cause) {
    throw new Error(`${filter}: ${(cause as Error).message}; received ${show(input)}`, { cause });
  }
}
