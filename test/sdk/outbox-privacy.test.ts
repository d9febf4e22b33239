import { expect, test } from 'vitest';
import { errorOf, thrownBy } from '../support/errors.ts';
import { id } from '../support/mechanic.ts';
import { useNetwork } from '../support/network.ts';
import { hung, lost, pass, site, states, tab, taken } from '../support/outbox.ts';

useNetwork();

function formData(fields: { [name: string]: string | Blob }) {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.append(name, value);
  return data;
}

test.each<[string, object]>([
  ['a password', { password: 'x' }],
  ["a customer's password", formData({ 'customer[password]': 'x' })],
  ['a card number', formData({ 'cc-number': 'x' })],
  ['a security code, deep inside', { payment: [{ cvc: '123' }] }],
  ['query parameters with a card', new URLSearchParams({ card_number: '4111' })],
  ['a file', formData({ photo: new File(['x'], 'x.txt') })],
])('%s never lies on the device', async (_, data) => {
  const at = site([lost, taken]);
  const { webhook } = tab(at);
  webhook.submit(data as never, { id });
  expect(at.disk.records.size).toBe(0);
  await pass(31_000);
  expect(at.sent).toHaveLength(2);
  expect(at.disk.records.size).toBe(0);
});

test('ordinary fields do', () => {
  const at = site([hung]);
  tab(at).webhook.submit(formData({ access: 'x', accent: 'y', discard: 'z' }), { id });
  expect(at.disk.records.size).toBe(1);
});

test('persist: false keeps a whole page, or one submission, off the device', () => {
  const at = site([hung]);
  tab(at, { persist: false }).submit();
  tab(at).submit({ persist: false });
  expect(at.disk.records.size).toBe(0);
});

test("another customer's submissions are not sent, told or counted, but wait for their own", async () => {
  const at = site([lost, taken]);
  const first = tab(at, { scope: '1001' });
  const handle = JSON.parse(JSON.stringify(first.submit()));
  await pass(1_000);
  first.kill();
  const other = tab(at, { scope: '1002' });
  await pass(120_000);
  expect(at.sent).toHaveLength(1);
  expect(await other.outbox.entries()).toEqual([]);
  expect((await errorOf(other.webhook.resume(handle).accepted)).message).toContain('not in the outbox');
  other.kill();
  tab(at, { scope: '1001' });
  await pass(1_000);
  expect(at.sent).toHaveLength(2);
});

test('clear forgets everything, of all scopes, and sends nothing of it', async () => {
  const at = site([lost]);
  const first = tab(at, { scope: '1001' });
  const run = first.submit();
  await pass(1_000);
  const other = tab(at);
  await other.outbox.clear();
  expect(at.disk.records.size).toBe(0);
  await pass(120_000);
  expect(at.sent).toHaveLength(1);
  expect(await errorOf(run.accepted)).toMatchObject({ code: 'network', delivered: 'unknown' });
});

test('clear forgets what is in memory, too, and what is being written', async () => {
  const at = site([lost]);
  const page = tab(at, { persist: false });
  page.submit();
  const saved = tab(at);
  saved.submit();
  await Promise.all([page.outbox.clear(), saved.outbox.clear()]);
  await pass(120_000);
  expect(at.sent).toHaveLength(2);
  expect(await states(page)).toEqual([]);
});

test('an entry tells everything but the data', async () => {
  const at = site([lost]);
  const page = tab(at);
  page.webhook.submit({ name: 'Ann' }, { id });
  await pass(100);
  const [entry] = await page.outbox.entries();
  expect(entry).toMatchObject({ id, state: 'queued', attempts: 1 });
  expect(JSON.stringify(entry)).not.toContain('Ann');
});

test('a text without its UUID cannot be told from another one, and is refused', async () => {
  const at = site([taken]);
  const { webhook } = tab(at, {}, { result: undefined });
  expect(thrownBy(() => webhook.submit('hello')).code).toBe('encoding');
  const run = webhook.submit(`hello ${id}`, { id });
  expect(await run.accepted).toMatchObject({ id });
});

test('what is submitted right after a logout is not meant by it', async () => {
  const at = site([lost, taken]);
  const page = tab(at);
  void page.outbox.clear();
  const { accepted } = page.submit();
  await pass(60_000);
  expect(await accepted).toMatchObject({ id });
  expect(at.sent).toHaveLength(2);
});

test('what has a text of its own may contain itself', async () => {
  const at = site([taken]);
  const date: Record<string, unknown> = { toJSON: () => '2026-11-24' };
  date['calendar'] = { of: date };
  const { accepted } = tab(at).webhook.submit({ date }, { id });
  await pass(1_000);
  expect(await accepted).toMatchObject({ id });
  expect(at.sent[0]?.body).toContain('2026-11-24');
});
