import fc from 'fast-check';
import { createEmulator, type MechanicEvent } from 'mechanic-storefront/emulator';
import { expect } from 'vitest';
import { fuzz } from '../support/fuzz.ts';
import { hostileJsonText, hostileKey, hostileText } from '../support/hostile.ts';

const id = '0f9c2a52-6f0e-4c7a-9d6e-0d4f3f0a9a11';
const latency = { eventRunMs: 0, taskRunMs: 0, actionRunMs: 0 };

/** A POST by whoever knows the URL. It is taken, whatever it is, and makes one event, of plain data. */
async function received(
  init: RequestInit,
  query = '',
  mode: 'auto' | 'full' = 'auto',
): Promise<MechanicEvent> {
  const mechanic = createEmulator({ webhooks: [{ id, topic: 'user/data/sent', mode }], latency });
  try {
    const url = new URL(`https://mechanic.test/webhook/${id}`);
    url.search = query;
    const response = await mechanic.fetch(new Request(url, { method: 'POST', ...init }));
    expect(response.status).toBe(204);
    await mechanic.idle();
    const [event, ...more] = mechanic.events();
    expect(more).toEqual([]);
    expectPlain(event?.data);
    return event as MechanicEvent;
  } finally {
    await mechanic.close();
  }
}

/** Nothing but what JSON can say, and no object with a prototype of somebody's choice. */
function expectPlain(data: unknown): void {
  const isPlain = (value: unknown) =>
    typeof value === 'object' && value !== null
      ? [Object.prototype, Array.prototype].includes(Object.getPrototypeOf(value))
      : value !== undefined;
  for (let level = [data]; level.length > 0; level = level.flatMap(membersOf))
    expect(level.find((value) => !isPlain(value))).toBe(undefined);
}

const membersOf = (value: unknown) => (typeof value === 'object' && value ? Object.values(value) : []);

const piece = fc.oneof(
  fc.constantFrom('[', ']', '[]', '=', '&', ';', '+', '%', '%5B', '%zz', '%ff', '%00', '?', '#', '[]['),
  hostileKey,
);
const query = fc.array(piece, { maxLength: 20 }).map((pieces) => pieces.join(''));
/** Names that meet again and again, and nest deeply. */
const deepQuery = fc
  .tuple(
    fc.constantFrom('a', '__proto__', 'constructor'),
    fc.constantFrom('[b]', '[]', '[][a]', '[__proto__]'),
    fc.nat(400),
  )
  .map(([name, nested, levels]) => `${name}${nested.repeat(levels)}=1&${name}[]=2&${name}[a]=3`);

fuzz("a webhook's query", fc.oneof(query, deepQuery), async (query) => {
  await received({}, query);
  await received({ body: 'text' }, query, 'full');
});

const mediaType = fc.oneof(
  fc.constantFrom(
    'application/json',
    'application/x-www-form-urlencoded',
    'text/plain',
    'application/json;charset=utf-7',
  ),
  hostileText.filter((value) => {
    try {
      return !!new Headers({ 'content-type': value });
    } catch {
      return false;
    }
  }),
);
const body = fc.oneof(hostileJsonText, query, deepQuery, fc.uint8Array({ maxLength: 60 }));

fuzz("a webhook's body", fc.tuple(body, mediaType), async ([body, type]) => {
  const init = { body: body as BodyInit, headers: { 'content-type': type } };
  const { data } = await received(init);
  // What has no parameters is the text itself.
  const text = Buffer.from(body as string).toString();
  if (typeof data === 'string') expect(data).toBe(text);
  if (data === null) expect(text.trim()).toBe('');
  const full = (await received(init, '', 'full')).data as { body: string; body_base64: string };
  expect(full.body).toBe(text);
  expect(Buffer.from(full.body_base64, 'base64').equals(Buffer.from(body as string))).toBe(true);
});

const boundary = fc.oneof(
  fc.constantFrom('b', '--', '"q q"', '', 'a\tb', "'()+_,-./:=?", '"', 'x'.repeat(300)),
  fc.string({ maxLength: 8 }),
);
const header = fc.oneof(
  fc
    .tuple(hostileKey, hostileText)
    .map(([name, file]) => `content-disposition: form-data; name="${name}"; filename="${file}"`),
  hostileKey.map((name) => `content-disposition: form-data; name="${name}"`),
  hostileText.map((type) => `content-type: ${type}`),
  fc.constantFrom(
    'content-disposition: form-data',
    'content-disposition: form-data; name=',
    'a:b',
    ':',
    'content-transfer-encoding: base64',
  ),
  hostileText,
);
const parts = fc.array(fc.tuple(fc.array(header, { maxLength: 3 }), hostileText), { maxLength: 4 });
const end = fc.constantFrom('--', '', '--\r\n', '--\r\nepilogue', '\r\n');

fuzz(
  "a webhook's multipart body",
  fc.tuple(parts, boundary, fc.constantFrom('\r\n', '\n'), end, fc.nat(300)),
  async (input) => {
    const [parts, boundary, newline, end, cut] = input;
    const line = boundary.replace(/^"|"$/g, '');
    const whole = [
      ...parts.map(([headers, text]) => [`--${line}`, ...headers, '', text].join(newline)),
      `--${line}${end}`,
    ].join(newline);
    const type = `multipart/form-data; boundary=${boundary}`;
    try {
      new Headers({ 'content-type': type });
    } catch {
      return;
    }
    for (const body of [whole, whole.slice(0, cut)]) {
      await received({ body, headers: { 'content-type': type } });
    }
  },
);
