import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { EmulatorOptions } from '../emulator/index.js';
import { UserError } from './user-error.js';

/** Options of createEmulator that are a path. */
const paths = ['sections', 'templates'];
/** … and those that are a list in which there are paths. */
const pathLists = ['assets', 'tasks', 'themes'];

/**
 * Reads a config file: the options of createEmulator as JSON, still unchecked, with the paths in it made absolute.
 *
 * @throws UserError that names the file, and the line where it is no JSON.
 */
export async function readConfig(file: string): Promise<EmulatorOptions> {
  const parsed = parseJson(await read(file), file);
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw new UserError(`${file}: a config is an object; received ${JSON.stringify(parsed)}`);
  }
  const { $schema: _, ...config } = parsed as { [name: string]: unknown };
  const absolute = (path: unknown) => (typeof path === 'string' ? resolve(dirname(file), path) : path);
  for (const name of paths) if (name in config) config[name] = absolute(config[name]);
  for (const name of pathLists) {
    const list = config[name];
    if (name in config) config[name] = Array.isArray(list) ? list.map(absolute) : absolute(list);
  }
  return config;
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new UserError(`${file}: cannot be read (${(cause as NodeJS.ErrnoException).code})`, { cause });
  }
}

function parseJson(text: string, file: string): unknown {
  try {
    // Editors on Windows begin a file with this mark, and JSON has no place for it.
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    const { message } = cause as SyntaxError;
    const position = /at position (\d+)/.exec(message)?.[1];
    // Node names the place, except where the text ends too early.
    const end = position === undefined ? text.length : Number(position);
    const line = text.slice(0, end).split('\n').length;
    throw new UserError(`${file}: line ${line} is no JSON: ${message.replace(/ \(line.*\)$/, '')}`, {
      cause,
    });
  }
}
