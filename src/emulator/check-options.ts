import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { IANAZone } from 'luxon';
import { z } from 'zod';
import { faultsOf } from './check.js';
import type { Faults } from './faults.js';
import { faultsSchema } from './faults-schema.js';
import { isJsonObject, type JsonObject } from './json.js';
import type { Latency } from './latency.js';
import type { EmulatorOptions } from './options.js';
import { OptionsError } from './options-error.js';
import { defaultShop, type Shop } from './shop.js';
import { cacheKeyPattern } from './stores/cache.js';
import { checkTask } from './tasks/check-task.js';
import { userTopicPattern } from './topics.js';

// The shape only, not a version: the ids in Mechanic's docs are no RFC 9562 UUIDs.
const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const text = z.string('must be text').min(1, 'must not be empty');
const flag = z.boolean('must be true or false');
const uuid = text.regex(uuidPattern, 'must be a UUID, as in the URL that Mechanic shows');
const topic = text.regex(userTopicPattern, 'must be three parts, "user/subject/verb", without an offset');
const cacheKey = text.regex(cacheKeyPattern, `must be a cache key, which matches ${cacheKeyPattern}`);
const milliseconds = z.number('must be milliseconds').min(0, 'must be 0 or more');
const folder = z
  .union([z.string(), z.instanceof(URL)], 'must be the path of a folder')
  .transform((path) => (path instanceof URL ? fileURLToPath(path) : resolve(path)))
  .refine((path) => statSync(path, { throwIfNoEntry: false })?.isDirectory(), {
    error: (issue) => `must be a folder, and there is none at ${issue.input}`,
  });

const latency = z.union(
  [
    z.enum(['fast', 'real']),
    milliseconds,
    z.strictObject({ eventRunMs: milliseconds, taskRunMs: milliseconds, actionRunMs: milliseconds }),
  ],
  'must be "fast", "real", milliseconds or { eventRunMs, taskRunMs, actionRunMs }',
);

const webhook = z.strictObject(
  {
    id: uuid,
    name: text.optional(),
    topic,
    mode: z.enum(['auto', 'full'], 'must be "auto" or "full"').default('auto'),
  },
  'must be an object',
);
const cacheEndpoint = z.strictObject({ id: uuid, key: cacheKey }, 'must be an object');
const customer = z.strictObject({ id: text, email: text }, 'must be an object');
const origin = text.refine(
  (url) => /^https?:/.test(url) && URL.canParse(url) && new URL(url).origin === url,
  'must be an origin, such as "https://api.example.test"',
);
const task = z.unknown().check(checkTask);
const tasks = z.preprocess(
  (given) => (typeof given === 'string' || given instanceof URL ? [given] : given),
  list(task),
);
const shopFields = z.looseObject({
  iana_timezone: text
    .refine((zone) => IANAZone.isValidZone(zone), 'must be a time zone of the tz database')
    .optional(),
  currency: text.regex(/^[A-Z]{3}$/, 'must be a currency, as in ISO 4217').optional(),
});
const shop = z
  .custom<JsonObject>(isJsonObject, 'must be an object that JSON can hold')
  .check(({ value, issues }) => {
    for (const issue of shopFields.safeParse(value).error?.issues ?? [])
      issues.push({ ...issue, input: value } as z.core.$ZodRawIssue);
  })
  .meta({ type: 'object' })
  .transform((given): Shop => ({ ...defaultShop, ...(given as Partial<Shop>) }))
  .default(defaultShop);

function list<T extends z.ZodType>(item: T) {
  return z.array(item, 'must be a list');
}

/** No two of them with the same value under `field`. */
function unique<T>(field: keyof T & string) {
  return (context: z.core.ParsePayload<T[]>) => {
    const seen = context.value.map((item) => String(item[field]).toLowerCase());
    seen.forEach((value, index) => {
      if (seen.indexOf(value) === index) return;
      const message = `is taken by number ${seen.indexOf(value)} of the list already`;
      context.issues.push({ code: 'custom', message, path: [index, field], input: value });
    });
  };
}

/** What the options look like, each by itself. */
export const optionsSchema = z.strictObject(
  {
    webhooks: list(webhook).check(unique('id')).default([]),
    cacheEndpoints: list(cacheEndpoint).check(unique('id')).default([]),
    tasks: tasks.default([]),
    shop,
    allowHttp: list(origin).default([]),
    customers: list(customer).check(unique('id')).default([]),
    signedIn: text.nullable().default(null),
    sections: folder.nullable().default(null),
    templates: folder.nullable().default(null),
    assets: list(folder).default([]),
    themes: list(folder).default([]),
    locale: text
      .regex(
        /^[a-z]{2,3}(-[A-Za-z]+)?$/,
        'must be a language, as in the name of a locale file: "en", "pt-BR"',
      )
      .default('en'),
    designMode: flag.default(false),
    settings: z
      .custom<JsonObject>(isJsonObject, 'must be an object that JSON can hold')
      .meta({ type: 'object' })
      .default({}),
    latency: latency.default('fast'),
    faults: faultsSchema.default({}),
    seed: z.int('must be an integer').default(1),
    cacheMiss: z.literal([404, 204, 'empty', 'null'], 'must be 404, 204, "empty" or "null"').default(404),
    storageMiss: z.literal([404, 403], 'must be 404 or 403').default(404),
    exposeRequestId: flag.default(false),
    password: flag.default(false),
  },
  'must be an object',
);

const checked = optionsSchema.check(({ value, issues }) => {
  const { customers, signedIn } = value;
  if (signedIn === null || customers.some(({ id }) => id === signedIn)) return;
  issues.push({
    code: 'custom',
    message: 'must be the id of one of the customers',
    path: ['signedIn'],
    input: signedIn,
  });
});

/** The options, checked, with their defaults. */
export type Settings = Omit<z.output<typeof optionsSchema>, 'tasks'>;

/** @throws TypeError that names every faulty option by its path, and shows what was received. */
export function checkOptions(options: EmulatorOptions): Settings {
  // The tasks are taken as they were given, not as copies: a task's run() may use `this`.
  const { tasks: _, ...settings } = parse(checked, options, '');
  return settings;
}

/** @throws TypeError when it is no latency. */
export function checkLatency(received: Latency): Latency {
  return parse(latency, received, 'latency');
}

/** @throws TypeError when they are no faults. */
export function checkFaults(received: Faults): Faults {
  return parse(faultsSchema, received, 'faults');
}

function parse<T extends z.ZodType>(type: T, received: unknown, name: string): z.output<T> {
  const parsed = type.safeParse(received);
  if (parsed.success) return parsed.data;
  throw new OptionsError(faultsOf(parsed.error, received, name));
}
