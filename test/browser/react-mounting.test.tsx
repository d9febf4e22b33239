import { act, render } from '@testing-library/react';
import { Activity } from 'react';
import { renderToString } from 'react-dom/server';
import { expect, test } from 'vitest';
import { mechanic, mount, pass, probe, watchPage } from '../support/react.tsx';

watchPage();

const done = { status: 'done', value: { total: 99 } };
const strict = { reactStrictMode: true };
const resumeKey = 'product 5';

test('in strict mode a component that is mounted submits nothing, and then once', async () => {
  const shop = mechanic();
  const quote = mount(shop.webhook, undefined, strict);
  await pass(5_000);
  expect(shop).toMatchObject({ posts: [], looks: 0 });
  quote.submit({});
  await pass(1_500);
  expect(shop.looks).toBe(1);
  shop.publish(quote.now.run, done);
  await pass(1_000);
  expect(quote.now).toMatchObject({ status: 'done', value: { total: 99 } });
  expect(shop.posts).toHaveLength(1);
});

test('after an unmount nothing more is asked', async () => {
  const shop = mechanic();
  const quote = mount(shop.webhook);
  quote.submit({});
  await pass(1_500);
  const renders = quote.renders.length;
  quote.unmount();
  shop.publish(quote.now.run, done);
  await pass(60_000);
  expect(shop.looks).toBe(1);
  expect(quote.renders).toHaveLength(renders);
});

test('an unmount before the submission is answered lets it go on', async () => {
  let answer = (_: Response) => {};
  let signal: AbortSignal | null | undefined;
  const shop = mechanic({
    fetch: async (_, init) => {
      signal = init?.signal;
      return new Promise((resolve) => {
        answer = resolve;
      });
    },
  });
  const quote = mount(shop.webhook);
  const run = quote.submit({});
  quote.unmount();
  await pass(1_000);
  expect(signal?.aborted).toBe(false);
  answer(new Response(null, { status: 204 }));
  expect(await run?.accepted).toMatchObject({ id: run?.id });
});

test('what is submitted after an unmount is sent, and not waited for', async () => {
  const shop = mechanic();
  const quote = mount(shop.webhook);
  const { submit } = quote.now;
  quote.unmount();
  submit({ pieces: 1 });
  await pass(60_000);
  expect(shop).toMatchObject({ posts: [{ pieces: 1 }], looks: 0 });
});

test('a component that is hidden waits for nothing, and goes on when it is shown again', async () => {
  const shop = mechanic({ timeoutMs: 600_000 });
  const { renders, Probe } = probe();
  const at = (mode: 'visible' | 'hidden') => (
    <Activity mode={mode}>
      <Probe webhook={shop.webhook} />
    </Activity>
  );
  const { rerender } = render(at('visible'));
  act(() => void renders.at(-1)?.submit({}));
  await pass(1_500);
  rerender(at('hidden'));
  await pass(60_000);
  expect(shop.looks).toBe(1);
  shop.publish(renders.at(-1)?.run ?? null, done);
  rerender(at('visible'));
  await pass(1_000);
  expect(renders.at(-1)).toMatchObject({ status: 'done', value: { total: 99 } });
  expect(shop.posts).toHaveLength(1);
});

test.each([
  ['a key of the hook', {}, { resumeKey }],
  ["the webhook's key", { resumeKey }, undefined],
])(
  'with %s a component that is mounted again goes on waiting, and sends nothing',
  async (_, own, options) => {
    const shop = mechanic(own);
    const first = mount(shop.webhook, options);
    const run = first.submit({});
    await pass(1_500);
    first.unmount();
    const second = mount(shop.webhookOf(), options, strict);
    expect(second.now).toMatchObject({ status: 'pending', run: { id: run?.id } });
    await pass(1_500);
    expect(shop.looks).toBe(2);
    shop.publish(run, done);
    await pass(1_000);
    expect(second.now).toMatchObject({ status: 'done', value: { total: 99 } });
    expect(sessionStorage).toHaveLength(0);
    expect(shop.posts).toHaveLength(1);
  },
);

test('without a key a component begins idle', async () => {
  const shop = mechanic();
  const first = mount(shop.webhook);
  first.submit({});
  first.unmount();
  expect(sessionStorage).toHaveLength(0);
  expect(mount(shop.webhook).now.status).toBe('idle');
});

test('what was stopped is taken up by the next component, and what was reset is not', async () => {
  const shop = mechanic();
  const first = mount(shop.webhook, { resumeKey });
  first.submit({});
  first.stop();
  const second = mount(shop.webhook, { resumeKey });
  expect(second.now.status).toBe('pending');
  second.reset();
  expect(mount(shop.webhook, { resumeKey }).now.status).toBe('idle');
  expect(sessionStorage).toHaveLength(0);
});

test('a component that was stopped stays so when it is hidden and shown', () => {
  const shop = mechanic();
  const { renders, Probe } = probe();
  const at = (mode: 'visible' | 'hidden') => (
    <Activity mode={mode}>
      <Probe webhook={shop.webhook} options={{ resumeKey }} />
    </Activity>
  );
  const { rerender } = render(at('visible'));
  act(() => void renders.at(-1)?.submit({}));
  act(() => renders.at(-1)?.stop());
  rerender(at('hidden'));
  rerender(at('visible'));
  expect(renders.at(-1)?.status).toBe('idle');
});

test('another key is another state, and has what is kept under it', async () => {
  const shop = mechanic();
  const quote = mount(shop.webhook, { resumeKey: 'product 1' });
  const first = quote.submit({ product: 1 });
  await pass(1_500);
  quote.rerender({ options: { resumeKey: 'product 2' } });
  expect(quote.now).toMatchObject({ status: 'idle', run: null });
  quote.submit({ product: 2 });
  await pass(0);
  shop.publish(quote.now.run, done);
  await pass(1_000);
  expect(quote.now.status).toBe('done');
  expect(shop.looks).toBe(2);
  quote.rerender({ options: { resumeKey: 'product 1' } });
  expect(quote.now).toMatchObject({ status: 'pending', run: { id: first?.id } });
  expect(quote.renders.filter(({ status }) => status === 'done')).toHaveLength(1);
});

test('without a place for results nothing is taken up', () => {
  const shop = mechanic({ result: undefined });
  mount(shop.webhook, { resumeKey }).submit({});
  expect(mount(shop.webhook, { resumeKey }).now.status).toBe('idle');
});

test('what a server rendered is taken over without a mismatch, and then the run of the page before', async () => {
  const shop = mechanic();
  const before = mount(shop.webhook, { resumeKey });
  before.submit({});
  before.unmount();
  const { renders, Probe } = probe();
  const page = <Probe webhook={shop.webhook} options={{ resumeKey }} />;
  const container = document.createElement('div');
  container.innerHTML = renderToString(page);
  expect(container.innerHTML).toBe('<p>idle</p>');
  document.body.append(container);
  renders.length = 0;
  render(page, { container, hydrate: true, ...strict });
  expect(renders[0]?.status).toBe('idle');
  expect(container.innerHTML).toBe('<p>pending</p>');
  await pass(1_000);
  expect(shop.looks).toBe(1);
});
