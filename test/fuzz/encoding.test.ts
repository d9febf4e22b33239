import fc from 'fast-check';
import { createWebhook, type Data, type Encoding, type Fetch, MechanicError } from 'mechanic-storefront';
import { createEmulator, type EventData } from 'mechanic-storefront/emulator';
import { expect } from 'vitest';
import { fuzz } from '../support/fuzz.ts';
import { hostileJson, hostileKey, hostileText, objectWith } from '../support/hostile.ts';
import { webhookUrl } from '../support/mechanic.ts';

const webhooks = [{ id: '0f9c2a52-6f0e-4c7a-9d6e-0d4f3f0a9a11', topic: 'user/data/sent' }];
const latency = { eventRunMs: 0, taskRunMs: 0, actionRunMs: 0 };

/** What a task reads, without the UUID, or `refused` by the encoder. */
async function readBack(data: unknown, encoding: Encoding): Promise<EventData | 'refused'> {
  const mechanic = createEmulator({ webhooks, latency });
  const fetch: Fetch = (url, init) => {
    // Throws on what no header may hold.
    const type = new Headers(init?.headers).get('content-type');
    expect(type).toMatch(/^[\w/]+(-[\w/-]+)?(;\s?(charset|boundary)=[\w-]+)?$/);
    return mechanic.fetch(new Request(url, init));
  };
  try {
    const run = createWebhook({ url: webhookUrl, fetch, encoding }).submit(data as Data);
    await run.accepted;
    const event = mechanic.events()[0]?.data ?? null;
    const read = (typeof event === 'string' ? JSON.parse(event) : event) as { [key: string]: EventData };
    expect(read['uuid']).toBe(run.id);
    return Object.fromEntries(Object.entries(read).filter(([key]) => key !== 'uuid'));
  } catch (error) {
    if (error instanceof MechanicError && error.code === 'encoding') return 'refused';
    throw error;
  } finally {
    await mechanic.close();
  }
}

/** Compared as JSON with sorted members, since `toEqual` overlooks an own member named `__proto__`. */
const said = (value: unknown): string =>
  JSON.stringify(value, (_, part) =>
    typeof part === 'object' && part && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );

/** What a form can say of JSON. */
function asForm(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asForm);
  if (value === null || typeof value !== 'object') return String(value);
  const members = Object.entries(value).filter(([, member]) => member !== null && member !== undefined);
  return Object.fromEntries(members.map(([key, member]) => [key, asForm(member)]));
}

const cycle: Record<string, unknown> = {};
cycle['self'] = cycle;
/** What is no JSON. Of each it is known that it is refused, or what stands for it. */
const strange = fc.constantFrom<unknown>(
  cycle,
  10n,
  Symbol('s'),
  () => 1,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  new Map([[1, 2]]),
  new Uint8Array(3),
  new Date(Number.NaN),
  new Proxy({}, {}),
  Object.create(null),
  Object.create({ inherited: 1 }),
  { toJSON: () => ({ __proto__: { harmed: 1 }, ok: 1 }) },
  { toJSON: () => undefined },
  { toJSON: 1 },
  new (class Account {
    #secret = 1;
    shown = 2;
    get computed() {
      return this.#secret;
    }
  })(),
);
const data = objectWith(
  fc.oneof({ weight: 5, arbitrary: hostileJson }, { weight: 1, arbitrary: strange }),
).map(({ uuid: _, ...rest }) => rest);

fuzz('data in json and text', fc.tuple(data, fc.constantFrom('json', 'text')), async ([data, encoding]) => {
  const read = await readBack(data, encoding as Encoding);
  if (read !== 'refused') expect(said(read)).toBe(said(JSON.parse(JSON.stringify(data))));
});

/** Node's parser, which the local Mechanic uses, takes a byte order mark away (docs/local-mechanic.md). */
const unmarked = (value: unknown) => said(JSON.parse(JSON.stringify(value).replaceAll('\ufeff', '')));

const inForm = fc.tuple(data, fc.constantFrom('form', 'multipart'));

fuzz('data in form and multipart', inForm, async ([data, encoding]) => {
  const read = await readBack(data, encoding as Encoding);
  if (read === 'refused') return;
  // A member whose toJSON says nothing is left out.
  const sent = JSON.parse(JSON.stringify(data)) as unknown;
  const spoken = encoding === 'multipart' ? unmarked : said;
  expect(spoken(read)).toBe(spoken(asForm(sent)));
});

const file = fc
  .record({ bytes: fc.uint8Array({ maxLength: 40 }), name: hostileText, type: hostileText })
  .map(
    ({ bytes, name, type }) =>
      new File([bytes as BlobPart], name.slice(0, 200), { type: type.slice(0, 100) }),
  );
const part = fc.tuple(hostileKey, fc.oneof(hostileText, file));

/** A browser writes a quote and a line end in a file's name as `%22`, `%0D`, `%0A`, so that these are read as that. */
const spelled = (name: string) => name.replace(/%(22|0A|0D)/gi, decodeURIComponent);
const content = async (file: File) => Buffer.from(await file.arrayBuffer()).toString('base64');

fuzz(
  'a form with files',
  fc.uniqueArray(part, { maxLength: 4, selector: ([name]) => name }),
  async (parts) => {
    const form = new FormData();
    for (const [name, value] of parts) form.append(name, value);
    const read = await readBack(form, 'multipart');
    if (read === 'refused') return;
    const chosen = [...form].filter(
      ([name, value]) => name !== 'uuid' && (typeof value === 'string' || value.size || value.name),
    );
    const leaves = Object.values(read as object).flatMap(function leavesOf(value: unknown): unknown[] {
      const isFile = Object.hasOwn(Object(value), 'content_base64');
      return typeof value === 'object' && value && !isFile ? Object.values(value).flatMap(leavesOf) : [value];
    });
    const expected = chosen.map(async ([, value]) =>
      typeof value === 'string'
        ? value
        : {
            content_base64: await content(value),
            mime_type: (value.type || 'application/octet-stream').trim(),
            name: spelled(value.name || 'blob'),
            size: value.size,
          },
    );
    const sorted = (values: unknown[]) => values.map(unmarked).sort();
    expect(sorted(leaves)).toEqual(sorted(await Promise.all(expected)));
  },
);
