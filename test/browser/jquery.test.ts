import $ from 'jquery';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { commands } from 'vitest/browser';

// The examples of Mechanic's documentation of webhooks, with only the host and the id changed.
let mechanic: string;
let url: string;

beforeAll(async () => {
  mechanic = await commands.startMechanic();
  url = `${mechanic}/webhook/0f9c2a52-6f0e-4c7a-9d6e-0d4f3f0a9a11`;
});
afterAll(() => commands.stopMechanic(mechanic));

/** The data of the event that `post` makes. */
async function eventDataOf(post: () => PromiseLike<unknown>): Promise<unknown> {
  const before = (await commands.eventsOf(mechanic)).length;
  await post();
  const events = await commands.eventsOf(mechanic);
  expect(events).toHaveLength(before + 1);
  return events.at(-1)?.data;
}

test('the documented fetch makes an event with the JSON data', async () => {
  const data = { some_data: 'yep here it is' };
  const post = () =>
    fetch(url, {
      method: 'post',
      body: JSON.stringify(data),
      headers: { 'content-type': 'application/json' },
    });
  expect(await eventDataOf(post)).toEqual(data);
});

test('the documented $.post makes an event with the form data', async () => {
  expect(await eventDataOf(() => $.post(url, { foo: 'bar' }))).toEqual({ foo: 'bar' });
});

test('the documented $.ajax makes an event with the form data', async () => {
  const post = () => $.ajax({ url, method: 'POST', data: { foo: 'bar' } });
  expect(await eventDataOf(post)).toEqual({ foo: 'bar' });
});

test('the documented $.ajax with JSON makes an event with the JSON data', async () => {
  const data = { foo: 'bar' };
  const post = () =>
    $.ajax({
      url,
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      data: JSON.stringify(data),
    });
  expect(await eventDataOf(post)).toEqual(data);
});
