import type { Data, SubmitOptions, WebhookOptions } from 'mechanic-storefront';
import { createWebhook } from 'mechanic-storefront';
import { expect, test } from 'vitest';
import { thrownBy } from '../support/errors.ts';
import { id, otherId, transport, webhookUrl, wireOf } from '../support/mechanic.ts';

const v4 = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;

test('every submission gets a UUID of version 4, of its own', async () => {
  const wires = await Promise.all([1, 2, 3].map((a) => wireOf({ a })));
  for (const wire of wires) {
    expect(wire.id).toMatch(v4);
    expect(JSON.parse(wire.body).uuid).toBe(wire.id);
  }
  expect(new Set(wires.map((wire) => wire.id)).size).toBe(3);
});

test('the id is known before anything is sent', () => {
  const { calls, fetch } = transport();
  const result = { read: () => Promise.reject(new Error()), baseline: () => new Promise<never>(() => {}) };
  const run = createWebhook({ url: webhookUrl, fetch, result }).submit({ a: 1 });
  expect(run.id).toMatch(v4);
  expect(calls).toEqual([]);
});

const form = (fields: Record<string, string>) => {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.append(name, value);
  return data;
};

test.each<[string, Data, SubmitOptions | undefined]>([
  ['given as an option', { a: 1 }, { id }],
  ['given in the data', { uuid: id, a: 1 }, undefined],
  ['given in form data', form({ uuid: id }), undefined],
  ['given in a query', new URLSearchParams({ uuid: id }), undefined],
  ['given twice alike', { uuid: id }, { id }],
  ['given beside null', { uuid: null }, { id }],
  ['given beside undefined', { uuid: undefined }, { id }],
])('an id %s is used', async (_, data, how) => {
  const wire = await wireOf(data, {}, how);
  expect(wire.id).toBe(id);
  expect(wire.body.split(id)).toHaveLength(2);
});

test('a UUID of any version and case is kept as it is', async () => {
  const own = '018F3C1E-7B2A-7C3D-8E4F-5A6B7C8D9E0F';
  expect(JSON.parse((await wireOf({ a: 1 }, {}, { id: own })).body).uuid).toBe(own);
});

test('the id travels under the name that idField says', async () => {
  const wire = await wireOf({ uuid: 'not an id here', ticket: id }, { idField: 'ticket' });
  expect(wire.id).toBe(id);
  expect(JSON.parse(wire.body)).toEqual({ uuid: 'not an id here', ticket: id });
  expect((await wireOf({ a: 1 }, { idField: 'ticket', encoding: 'form' }, { id })).body).toBe(
    `a=1&ticket=${id}`,
  );
});

const repeated = new URLSearchParams([
  ['uuid', id],
  ['uuid', id],
]);

test.each<[string, Data, SubmitOptions | undefined, Partial<WebhookOptions>, string]>([
  ['a text that is no UUID', { uuid: 'order-5' }, undefined, {}, '"order-5" is no UUID'],
  ['an empty text', { uuid: '' }, undefined, {}, '"" is no UUID'],
  ['a number', { uuid: 5 }, undefined, {}, '5 is no UUID'],
  ['an object', { uuid: { id } }, undefined, {}, 'Object is no UUID'],
  ['a list', { uuid: [id] }, undefined, { encoding: 'form' }, 'Array is no UUID'],
  ['a junk option', { a: 1 }, { id: 'mine' }, {}, '"mine" is no UUID'],
  ['an empty option', { a: 1 }, { id: '' }, {}, '"" is no UUID'],
  ['two different ones', { uuid: id }, { id: otherId }, {}, 'not the id given'],
  ['a UUID with more around it', { uuid: `{${id}}` }, undefined, {}, 'is no UUID'],
  ['form data with junk', form({ uuid: 'x' }), undefined, {}, '"x" is no UUID'],
  ['a form that gives it twice', repeated, undefined, {}, 'uuid is a value already'],
  ['a form with more under its name', form({ 'uuid[a]': '1' }), undefined, {}, 'holds the UUID'],
  ['a form with a list under its name', form({ 'uuid[]': id }), undefined, {}, 'holds the UUID'],
])('an id that is %s is refused, and nothing is sent', (_, data, how, options, says) => {
  const { calls, fetch } = transport();
  const error = thrownBy(() => createWebhook({ url: webhookUrl, fetch, ...options }).submit(data, how));
  expect(error).toMatchObject({ code: 'encoding', delivered: 'no' });
  expect(error.observed.path).toMatch(/^uuid/);
  expect(error.message).toContain(says);
  expect(calls).toEqual([]);
});
