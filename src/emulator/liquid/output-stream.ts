import { isObject } from '../json.js';

/** A piece of a task's output: an object, or text that is none. */
export type OutputPiece = { offset: number; object: object } | { offset: number; text: string };

/** Splits what a script printed into its stream of JSON objects and whatever else is there. */
export function* readPieces(output: string): Generator<OutputPiece> {
  for (let offset = nextInk(output, 0); offset < output.length; offset = nextInk(output, offset)) {
    const end = output[offset] === '{' ? endOfObject(output, offset) : endOfText(output, offset);
    const text = output.slice(offset, end).trim();
    const value = parse(text);
    yield isObject(value) ? { offset, object: value } : { offset, text };
    offset = end;
  }
}

function nextInk(output: string, from: number): number {
  const ink = output.slice(from).search(/\S/);
  return ink === -1 ? output.length : from + ink;
}

/** Where the braces that open here are closed; braces inside of strings do not count. */
function endOfObject(output: string, from: number): number {
  const marks = /"(?:[^"\\]|\\[\s\S])*"|[{}]/g;
  marks.lastIndex = from;
  let depth = 0;
  for (let mark = marks.exec(output); mark !== null; mark = marks.exec(output)) {
    if (mark[0] === '{') depth += 1;
    if (mark[0] === '}') depth -= 1;
    if (depth === 0) return marks.lastIndex;
  }
  return output.length;
}

/** Text goes on until a line begins with an object. */
function endOfText(output: string, from: number): number {
  const next = output.slice(from).search(/\n\s*\{/);
  return next === -1 ? output.length : from + next;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
