import { misconfigured, webAddress } from './configuration.js';
import type { Encoding, Fetch, ResultSource, Schedule, StandardSchema } from './types.js';
import { isUuid } from './uuid.js';

/** What {@link createWebhook} takes. */
export interface WebhookOptions<T = unknown> {
  /**
   * The webhook's URL, from its page in Mechanic: `https://webhooks.mechanic.dev/<uuid>`, or the older
   * `https://usemechanic.com/webhook/<uuid>`. Checked at once, since Mechanic answers 204 to a wrong one too.
   */
  url: string;
  /** Where the result comes back. Without it, `accepted` is all that can be awaited. @default none */
  result?: ResultSource | undefined;
  /**
   * How data travels. An object goes as `json`, a form as `form` or, with a file in it, `multipart`, a string as `text`.
   * `text` with an object sends its JSON as text/plain: no preflight, types kept, and the task reads `event.data | parse_json`.
   * @default by input
   */
  encoding?: Encoding | undefined;
  /** The name under which the UUID travels in the data. @default 'uuid' */
  idField?: string | undefined;
  /** Checks and types the value: any Standard Schema. Without one, `T` is the caller's word. @default none */
  schema?: StandardSchema<T> | undefined;
  /** How long to wait for the result, milliseconds from the submission. Think minutes: no run time is promised. @default 120_000 */
  timeoutMs?: number | undefined;
  /** The limit of one HTTP request, milliseconds. @default 10_000 */
  requestTimeoutMs?: number | undefined;
  /**
   * The task does its work once per UUID, so a submission without a response may be repeated, byte for byte.
   * @default false
   */
  idempotent?: boolean | undefined;
  /**
   * Keeps the handle of the latest run in this tab's `sessionStorage`, under this key and until the run is over, so
   * that `resume()` takes it up on the next page. @default none
   */
  resumeKey?: string | undefined;
  /**
   * When to look. @default each second, from two minutes on each four; with a history, where earlier runs ended
   */
  schedule?: Schedule | undefined;
  /** The transport. @default the global fetch, looked up at each request */
  fetch?: Fetch | undefined;
}

/** The defaults of a webhook, and of the waiting. */
export const DEFAULTS = {
  idField: 'uuid',
  timeoutMs: 120_000,
  requestTimeoutMs: 10_000,
  idempotent: false,
} as const;

/** {@link WebhookOptions} with their defaults filled in. */
export type Settings<T> = WebhookOptions<T> & {
  idField: string;
  timeoutMs: number;
  requestTimeoutMs: number;
  idempotent: boolean;
  fetch: Fetch;
};

type Check = readonly [isRight: (value: unknown) => unknown, expected: string];

const FUNCTION: Check = [(value) => typeof value === 'function', 'a function'];
const DURATION: Check = [(value) => Number.isFinite(value) && (value as number) > 0, 'milliseconds above 0'];

const CHECKS: Record<keyof WebhookOptions, Check> = {
  url: [isWebhookUrl, 'https://webhooks.mechanic.dev/<uuid>, without a query'],
  result: [(value) => (value as ResultSource).read, 'a result source, like cacheEndpoint(url)'],
  encoding: [
    (value) => ['json', 'form', 'multipart', 'text'].includes(value as string),
    'json, form, multipart or text',
  ],
  idField: [
    // `__proto__`, `constructor` and the like are in every object.
    (value) => typeof value === 'string' && /^[\w-]+$/.test(value) && !(value in {}),
    'a plain name',
  ],
  schema: [(value) => (value as StandardSchema<unknown>)['~standard'], 'a Standard Schema'],
  timeoutMs: DURATION,
  requestTimeoutMs: DURATION,
  resumeKey: [(value) => typeof value === 'string' && value, 'a text'],
  idempotent: [(value) => typeof value === 'boolean', 'true or false'],
  schedule: FUNCTION,
  fetch: FUNCTION,
};

/**
 * Mechanic answers 204 to any address, so a wrong one is told from a right one here or never. A query is refused: it
 * takes the place of a text body, and which side wins when both name the same field is undocumented.
 */
function isWebhookUrl(value: unknown): boolean {
  const { pathname, search } = webAddress('url', value);
  if (/\/cache\//.test(pathname))
    throw misconfigured('url', value, 'A cache endpoint goes into result: cacheEndpoint(url).');
  return !search && isUuid(pathname.split('/').pop());
}

/**
 * Checks options one by one and fills in the defaults.
 * @throws {MechanicError} `configuration`, which quotes the option and what it received
 */
export function settingsOf<T>(options: WebhookOptions<T>): Settings<T> {
  // An option that is undefined is not given: it must not hide the default.
  const given = Object.entries({ ...options }).filter(([, value]) => value !== undefined);
  for (const [name, value] of [['url', options?.url] as const, ...given]) {
    const [isRight, expected]: Check = Object.hasOwn(CHECKS, name)
      ? CHECKS[name as keyof WebhookOptions]
      : [() => false, `one of ${Object.keys(CHECKS)}`];
    if (value === null || !isRight(value)) throw misconfigured(name, value, `Give ${expected}.`);
  }
  return {
    ...DEFAULTS,
    // Looked up at each request: tests and monitoring replace it after this runs.
    fetch: (url, init) => globalThis.fetch(url, init),
    ...(Object.fromEntries(given) as { url: string }),
  };
}
