import fc from 'fast-check';
import {
  cacheEndpoint,
  MechanicError,
  type Reading,
  type ResultSource,
  storedFile,
} from 'mechanic-storefront';
import { expect } from 'vitest';
import { fuzz } from '../support/fuzz.ts';
import { hostileJsonText, hostileRecord, hostileText } from '../support/hostile.ts';
import { cacheUrl, id } from '../support/mechanic.ts';

/** What one look finds, or the error that it throws, which is one of ours. */
async function look(source: ResultSource, answer: () => Response): Promise<Reading | MechanicError> {
  const { signal } = new AbortController();
  try {
    const fetch = async () => answer();
    return await source.read({ id, requestId: null, baseline: 'nothing', signal, fetch });
  } catch (error) {
    if (error instanceof MechanicError) return error;
    throw error;
  }
}

/** What a reading may be, whatever was read. */
function expectSound(reading: Reading | MechanicError): void {
  if (reading instanceof MechanicError) return;
  const { state, ...told } = reading as unknown as Record<string, unknown>;
  expect(Object.getPrototypeOf(reading)).toBe(Object.prototype);
  expect(['pending', 'done', 'failed']).toContain(state);
  if (state === 'pending') {
    const { progress = 0, message = 'said', ...others } = told;
    expect(progress).toBeGreaterThanOrEqual(0);
    expect(progress).toBeLessThanOrEqual(1);
    expect(message).not.toBe('');
    expect(typeof message).toBe('string');
    expect(others).toEqual({});
  }
  if (state === 'failed') {
    const { code = 'code', message, ...others } = told;
    expect([typeof code, typeof message]).toEqual(['string', 'string']);
    expect(others).toEqual({});
  }
}

const fields = (value: unknown) => (typeof value === 'object' && value && !Array.isArray(value) ? value : {});

/** The UUID that a text gives to its whole, or `id` if that is among the keys of its map. */
function isClaimed(text: string): boolean {
  try {
    const published = fields(JSON.parse(text)) as Record<string, unknown>;
    return (Object.hasOwn(published, 'uuid') && published['uuid'] === id) || Object.hasOwn(published, id);
  } catch {
    return false;
  }
}

fuzz('a published text', hostileJsonText, async (text) => {
  for (const match of ['id', 'changed', () => true] as const) {
    const reading = await look(cacheEndpoint(cacheUrl, { match }), () => new Response(text));
    expectSound(reading);
    if (reading instanceof MechanicError)
      expect(reading).toMatchObject({ code: 'bad_result', transient: true });
    // Nothing that does not carry the UUID is news.
    else if (match === 'id' && !isClaimed(text)) expect(reading).toEqual({ state: 'pending' });
  }
});

/** What is published is what arrives: nothing in it is renamed, dropped or believed. */
fuzz('a published record', hostileRecord, async (published) => {
  const record = fields(published['uuid'] === id ? published : published[id]) as Record<string, unknown>;
  const text = JSON.stringify(published);
  const reading = await look(cacheEndpoint(cacheUrl), () => new Response(text));
  expectSound(reading);
  const state = (reading as Reading).state;
  expect(state).toBe(
    record['status'] === 'working' ? 'pending' : record['status'] === 'failed' ? 'failed' : 'done',
  );
  if (state !== 'done') return;
  const { uuid: _, ...bare } = record;
  const { status, value, error: __, progress: ___, message: ____, ...rest } = bare;
  const own = Object.hasOwn(bare, 'value') ? value : Object.keys(rest).length ? rest : null;
  // As JSON, since toEqual overlooks an own member named __proto__.
  const expected = JSON.stringify(status === 'done' ? own : bare);
  expect(JSON.stringify((reading as { value?: unknown }).value)).toBe(expected);
});

const retryAfter = fc
  .oneof(
    hostileText,
    fc.double().map(String),
    fc.bigInt().map(String),
    fc
      .date({ noInvalidDate: false })
      .map((date) => (Number.isNaN(Number(date)) ? 'soon' : date.toUTCString())),
    fc.constantFrom(
      '0',
      '-0',
      '-1',
      '1e308',
      'Infinity',
      '-Infinity',
      'NaN',
      '0x10',
      '5, 9',
      '99999999999999999999',
    ),
  )
  .filter((value) => {
    try {
      return new Headers({ 'retry-after': value }).has('retry-after');
    } catch {
      return false;
    }
  });

/** However absurd, it is between 5 s and a minute. */
function expectSane(ms = Number.NaN): void {
  expect(ms).toBeGreaterThanOrEqual(5_000);
  expect(ms).toBeLessThanOrEqual(60_000);
}

fuzz('Retry-After', fc.tuple(retryAfter, fc.constantFrom(429, 430, 503)), async ([value, status]) => {
  const headers = { 'retry-after': value };
  const error = await look(cacheEndpoint(cacheUrl), () => new Response(null, { status, headers }));
  expect(error).toMatchObject({ transient: true });
  expectSane((error as MechanicError).observed.retryAfterMs);
});

const file = storedFile('https://cdn.test/{id}.json');
const statuses = fc.oneof(
  fc.integer({ min: 200, max: 599 }),
  fc.constantFrom(200, 204, 404, 408, 429, 430, 503),
);

fuzz('a stored file and its status', fc.tuple(hostileJsonText, statuses), async ([text, status]) => {
  const body = [204, 205, 304].includes(status) ? null : text;
  const reading = await look(file, () => new Response(body, { status }));
  expectSound(reading);
  if (!(reading instanceof MechanicError)) expect(status < 300 || status === 404).toBe(true);
  else expect(['bad_result', 'rate_limited', 'unavailable', 'rejected']).toContain(reading.code);
});
