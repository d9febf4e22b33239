import { createOutbox, createWebhook, type Outbox } from 'mechanic-storefront/outbox';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { commands } from 'vitest/browser';

let mechanic: string;

beforeAll(async () => {
  mechanic = await commands.startMechanic();
});
afterAll(() => commands.stopMechanic(mechanic));

/** Submits a form made of `html` by its first button, and returns the event data without the UUID. */
async function submitted(
  html: string,
  prepare = (_form: HTMLFormElement) => {},
  outbox?: Outbox,
): Promise<unknown> {
  const form = new DOMParser().parseFromString(`<form>${html}</form>`, 'text/html')
    .forms[0] as HTMLFormElement;
  document.body.append(form);
  prepare(form);
  const webhook = createWebhook({ url: `${mechanic}/0f9c2a52-6f0e-4c7a-9d6e-0d4f3f0a9a11`, outbox });
  const run = webhook.submit(form, { submitter: form.querySelector('button') });
  form.remove();
  await run.accepted;
  const events = await commands.eventsOf(mechanic);
  const data = events
    .map((event) => event.data as { [name: string]: unknown })
    .find(({ uuid }) => uuid === run.id);
  const { uuid: _, ...rest } = data ?? {};
  return rest;
}

function choose(form: HTMLFormElement, ...files: File[]): void {
  const chosen = new DataTransfer();
  for (const file of files) chosen.items.add(file);
  (form.querySelector('input[type=file]') as HTMLInputElement).files = chosen.files;
}

test.each([
  ['without an outbox', false],
  ['with an outbox', true],
])('a form arrives as nested data, with the button that submitted it, %s', async (_, isKept) => {
  const outbox = isKept ? createOutbox({ persist: false }) : undefined;
  onTestFinished(() => outbox?.close());
  const form = `
    <input name="contact[name]" value="Ünïcode & Co">
    <input name="tags[]" type="checkbox" value="a" checked><input name="tags[]" type="checkbox" value="b" checked>
    <textarea name="text">one\ntwo</textarea>
    <button name="action" value="quote">Quote</button><button name="action" value="order">Order</button>`;
  const data = await submitted(form, undefined, outbox);
  expect(data).toEqual({
    contact: { name: 'Ünïcode & Co' },
    tags: ['a', 'b'],
    text: 'one\ntwo',
    action: 'quote',
  });
});

test('a form with a chosen file arrives with its content, name, type and size, and with its texts as they were', async () => {
  const file = new File(['<svg/>\n'], 'a "drawing" é.svg', { type: 'image/svg+xml' });
  const data = await submitted(
    '<input type="file" name="photo"><textarea name="text">one\ntwo</textarea>',
    (form) => choose(form, file),
  );
  expect(data).toEqual({
    text: 'one\ntwo',
    photo: {
      name: expect.stringMatching(/^a .*drawing.* é\.svg$/),
      mime_type: 'image/svg+xml',
      size: 7,
      content_base64: btoa('<svg/>\n'),
    },
  });
});

test('a file field that nobody used is left out', async () => {
  expect(await submitted('<input type="file" name="photo"><input name="a" value="1">')).toEqual({ a: '1' });
});

test('a form whose values would be lost is refused by the name of the field', async () => {
  const lossy = '<input name="color" value="red"><input name="color" value="blue">';
  await expect(submitted(lossy)).rejects.toMatchObject({ code: 'encoding', observed: { path: 'color' } });
});
