import fc from 'fast-check';
import { createWebhook, type Data, type Encoding, type Fetch, MechanicError } from 'mechanic-storefront';
import { createEmulator, type EventData } from 'mechanic-storefront/emulator';
import { expect, test } from 'vitest';
import { fieldNames, plainData, rows } from '../support/data.ts';
import { webhookUrl } from '../support/mechanic.ts';

const webhooks = [{ id: '0f9c2a52-6f0e-4c7a-9d6e-0d4f3f0a9a11', topic: 'user/data/sent' }];
const latency = { eventRunMs: 0, taskRunMs: 0, actionRunMs: 0 };

/** What a task would read as `event.data`, or `refused`. Anything but an `encoding` refusal is thrown. */
async function readBack(data: unknown, encoding: Encoding): Promise<EventData | 'refused'> {
  const mechanic = createEmulator({ webhooks, latency });
  const fetch: Fetch = (url, init) => mechanic.fetch(new Request(url, init));
  try {
    const run = createWebhook({ url: webhookUrl, fetch, encoding }).submit(data as Data);
    await run.accepted;
    const event = mechanic.events()[0]?.data ?? null;
    const { uuid, ...rest } = (typeof event === 'string' ? JSON.parse(event) : event) as {
      [key: string]: EventData;
    };
    expect(uuid).toBe(run.id);
    return rest;
  } catch (error) {
    if (error instanceof MechanicError && error.code === 'encoding') return 'refused';
    throw error;
  } finally {
    await mechanic.close();
  }
}

/** What a form can say of data: scalars as text, and no members without a value. */
function asForm(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asForm);
  if (value === null || typeof value !== 'object') return String(value);
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== null && member !== undefined)
      .map(([key, member]) => [key, asForm(member)]),
  );
}

const withoutId = ({ uuid: _, ...data }: Record<string, unknown>) => data;

/** Counts, so that a property which refuses everything does not pass. */
function counted() {
  const seen = { refused: 0, read: 0 };
  return {
    seen,
    count: (result: unknown) => {
      seen[result === 'refused' ? 'refused' : 'read']++;
      return result !== 'refused';
    },
  };
}

test.each(['form', 'multipart'] as const)('%s reads back as it was, or is refused', async (encoding) => {
  const { seen, count } = counted();
  await fc.assert(
    fc.asyncProperty(fc.oneof(plainData, rows), async (data) => {
      const read = await readBack(data, encoding);
      if (count(read)) expect(read).toEqual(withoutId(asForm(data) as Record<string, unknown>));
    }),
    { numRuns: encoding === 'form' ? 3_000 : 1_000 },
  );
  expect(seen.read).toBeGreaterThan(seen.refused / 10);
  expect(seen.refused).toBeGreaterThan(seen.read / 10);
});

test('objects in a list that begin with the same key always go in a form', async () => {
  const cell = fc.constantFrom('1', '2');
  const row = fc.record(
    { sku: cell, note: cell, tags: fc.array(cell, { minLength: 1, maxLength: 2 }) },
    { requiredKeys: ['sku'] },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 5 }), async (items) => {
      expect(await readBack({ items }, 'form')).toEqual({ items });
    }),
    { numRuns: 500 },
  );
});

test.each(['json', 'text'] as const)('%s reads back as it was, or is refused', async (encoding) => {
  const { seen, count } = counted();
  await fc.assert(
    fc.asyncProperty(plainData, async (data) => {
      const read = await readBack(data, encoding);
      if (count(read)) expect(read).toEqual(withoutId(JSON.parse(JSON.stringify(data))));
    }),
    { numRuns: 1_000 },
  );
  expect(seen.read).toBeGreaterThan(seen.refused / 10);
});

/** Every value in nested data, wherever it stands. */
const leaves = (value: unknown): unknown[] =>
  value !== null && typeof value === 'object' ? Object.values(value).flatMap(leaves) : [value];

test('every field of form data arrives, or the form is refused', async () => {
  const { seen, count } = counted();
  await fc.assert(
    fc.asyncProperty(fieldNames, async (names) => {
      const data = new FormData();
      for (const [index, name] of names.entries()) data.append(name, `value ${index}`);
      const read = await readBack(data, 'form');
      if (count(read)) expect(leaves(read).sort()).toEqual(names.map((_, index) => `value ${index}`).sort());
    }),
    { numRuns: 2_000 },
  );
  expect(seen.read).toBeGreaterThan(seen.refused / 10);
});
