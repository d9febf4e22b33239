import { parseArgs } from 'node:util';
import { createWebhook, MechanicError } from '../../index.js';
import { UserError } from '../user-error.js';
import { mark } from './mark.js';
import { type Place, type Route, routeTo } from './route.js';

/** What was typed after `check`, checked. */
export interface Flags {
  webhook: string;
  place: Place | undefined;
  route: Route | undefined;
  /** The page's. */
  origin: string;
  timeoutMs: number;
  data: { [name: string]: unknown };
  json: boolean;
}

const value = { type: 'string' } as const;
const options = {
  help: { type: 'boolean', short: 'h' },
  webhook: value,
  'cache-endpoint': value,
  'stored-file': value,
  section: value,
  cookie: value,
  origin: value,
  timeout: value,
  data: value,
  json: { type: 'boolean' },
} as const;

const defaultSeconds = 120;
const mostSeconds = 3_600;
/** Whose page it is matters only where CORS is not for all. */
const defaultOrigin = 'https://shop.example';

/**
 * @returns `null` when help is asked for
 * @throws UserError that names the flag
 */
export function readFlags(args: string[]): Flags | null {
  const values = parse(args);
  if (values.help) return null;
  const webhook = values.webhook ?? wrong('--webhook is missing: give the URL of the webhook');
  naming('webhook', () => createWebhook({ url: webhook }));
  const place = readPlace(values);
  const ownOrigin = values.section === undefined ? defaultOrigin : originOf(values.section);
  const origin = readOrigin(values.origin) ?? ownOrigin ?? defaultOrigin;
  return {
    webhook,
    place,
    route: place && naming(place.kind.replace(' ', '-'), () => routeTo(place, origin)),
    origin,
    timeoutMs: readSeconds(values.timeout) * 1_000,
    data: readData(values.data),
    json: values.json ?? false,
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({ args, options }).values;
  } catch (error) {
    return wrong(`${(error as Error).message}\nFor all of them: mechanic-storefront --help`);
  }
}

function readPlace(values: ReturnType<typeof parse>): Place | undefined {
  const { 'cache-endpoint': cache, 'stored-file': file, section, cookie } = values;
  if ([cache, file, section].filter((url) => url !== undefined).length > 1) {
    wrong('Results come back in one place: give one of --cache-endpoint, --stored-file and --section');
  }
  if (cookie !== undefined && section === undefined) wrong('--cookie goes with --section');
  if (cookie !== undefined && /[^\x20-\x7e]|^\s*$/.test(cookie)) {
    wrong('--cookie must be the value of a Cookie header: name=value; name=value');
  }
  if (cache !== undefined) return { kind: 'cache endpoint', url: cache };
  if (file !== undefined) return { kind: 'stored file', url: file };
  return section === undefined ? undefined : { kind: 'section', url: section, cookie };
}

function readOrigin(text: string | undefined): string | undefined {
  if (text === undefined || originOf(text) === text) return text;
  return wrong(`--origin must be an origin, such as ${defaultOrigin}; received ${text}`);
}

function originOf(url: string): string | undefined {
  return /^https?:/.test(url) && URL.canParse(url) ? new URL(url).origin : undefined;
}

function readSeconds(text: string | undefined): number {
  if (text === undefined) return defaultSeconds;
  const seconds = Number(text.trim() || Number.NaN);
  if (seconds > 0 && seconds <= mostSeconds) return seconds;
  return wrong(`--timeout must be seconds, above 0 and up to ${mostSeconds}; received ${text}`);
}

function readData(text: string | undefined): { [name: string]: unknown } {
  if (text === undefined) return {};
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    return wrong(`--data is no JSON: ${(error as Error).message}`);
  }
  if (typeof data !== 'object' || data === null || Array.isArray(data)) {
    return wrong(`--data must be a JSON object, such as '{"pieces": 10}'; received ${text}`);
  }
  for (const name of ['uuid', mark]) {
    if (Object.hasOwn(data, name)) wrong(`--data has ${name}, which the probe brings itself: leave it out`);
  }
  return data as { [name: string]: unknown };
}

/** Says of a flag what the SDK says of the option that it stands for. */
function naming<T>(flag: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof MechanicError)) throw error;
    return wrong(error.message.replace(/^\w+/, `--${flag}`));
  }
}

function wrong(message: string): never {
  throw new UserError(message, { exitCode: 2 });
}
