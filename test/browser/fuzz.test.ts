import fc from 'fast-check';
import {
  createWebhook,
  MechanicError,
  type Reading,
  renderedMetafield,
  type Webhook,
} from 'mechanic-storefront';
import 'mechanic-storefront/element';
import type { MechanicFormElement } from 'mechanic-storefront/element';
import { beforeEach, expect, test, vi } from 'vitest';
import { fuzz } from '../support/fuzz.ts';
import { hostileJson, hostileJsonText, hostileText } from '../support/hostile.ts';
import { id, webhookUrl } from '../support/mechanic.ts';

const harmed = () => (globalThis as { harmed?: unknown }).harmed;
const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

const attribute = hostileJsonText.map(
  (json) => `<div data-mechanic-result="${escaped(json)}" data-mechanic-customer="1"></div>`,
);
const script = hostileJsonText.map((json) => `<script type="application/json">${json}</script>`);
const html = fc
  .array(
    fc.oneof(
      attribute,
      script,
      hostileText,
      fc.constantFrom(
        '<div data-mechanic-result="',
        '<template><div data-mechanic-result="1"></div></template>',
        '<iframe srcdoc="<script>parent.harmed = 1</script>"></iframe>',
        '<img src="/never-asked-for" onerror="harmed = 1">',
        '<svg><script>harmed = 1</script></svg>',
        '<base href="https://elsewhere.test/"><meta http-equiv="refresh" content="0;url=/gone">',
        '<!--<div data-mechanic-result="{}">--!>',
        '<b>'.repeat(2_000),
      ),
    ),
    { maxLength: 4 },
  )
  .map((parts) => parts.join(''));

fuzz('a rendered section', html, async (html) => {
  const { signal } = new AbortController();
  const fetch = async () => new Response(html, { headers: { 'content-type': 'text/html' } });
  const look = { id, requestId: null, baseline: undefined, signal, fetch };
  const reading = await renderedMetafield({ section: 'mechanic-result' })
    .read(look)
    .catch((error: unknown) => error);
  if (reading instanceof MechanicError) expect(['bad_result', 'unavailable']).toContain(reading.code);
  else expect(['pending', 'done', 'failed']).toContain((reading as Reading).state);
  expect(harmed()).toBeUndefined();
});

beforeEach(() => {
  vi.spyOn(console, 'warn').mockReturnValue();
});

const template = `
  <form action="/none"><button></button></form>
  <div data-mechanic="done" hidden>
    <b data-mechanic-text="value"></b><i data-mechanic-text="__proto__.harmed"></i><i data-mechanic-text="constructor.name"></i>
    <a data-mechanic-href="value">1</a><a data-mechanic-href="message">2</a>
    <ul><template data-mechanic-each=""><li><b data-mechanic-text=""></b><a data-mechanic-href="value">3</a></li></template></ul>
  </div>
  <p data-mechanic="pending" hidden><i data-mechanic-message></i><progress data-mechanic-progress></progress></p>
  <p data-mechanic="failed" hidden><i data-mechanic-message></i><i data-mechanic-message-for="timeout __proto__"></i></p>`;
const names = (root: Element) => [...root.querySelectorAll('*')].map(({ localName }) => localName);

const bound = fc.record({ value: hostileText, message: hostileText });
const readings = fc.oneof(
  { weight: 2, arbitrary: bound.map((value) => ({ state: 'done', value })) },
  { weight: 2, arbitrary: fc.array(bound).map((value) => ({ state: 'done', value })) },
  { weight: 4, arbitrary: hostileJson.map((value) => ({ state: 'done', value })) },
  { weight: 2, arbitrary: fc.array(hostileJson).map((value) => ({ state: 'done', value })) },
  {
    weight: 1,
    arbitrary: fc.record({ state: fc.constant('failed'), message: hostileText, code: hostileText }),
  },
);
const pending = fc.record({
  state: fc.constant('pending'),
  message: hostileText,
  progress: fc.double({ noNaN: true }),
});

fuzz('a value in a page', fc.tuple(pending, readings), async ([first, last]) => {
  const host = document.createElement('mechanic-form') as MechanicFormElement;
  host.innerHTML = template;
  const looks = [first, last] as Reading[];
  host.webhook = createWebhook({
    url: webhookUrl,
    schedule: () => 0,
    fetch: async () => new Response(null, { status: 204 }),
    result: { read: async () => looks.shift() as Reading },
  }) as Webhook;
  const before = names(host);
  document.body.append(host);
  const over = new Promise((resolve) => {
    host.addEventListener('mechanic:result', resolve);
    host.addEventListener('mechanic:error', resolve);
  });
  try {
    host.submit({ a: 1 });
    await over;
    expect(host.getAttribute('state')).toBe(last.state);
    // Nothing but what the templates say, as often as there are items.
    const items = 'value' in last && Array.isArray(last.value) ? last.value.length : 0;
    expect(names(host)).toHaveLength(before.length + 3 * items);
    for (const link of host.querySelectorAll('a[href]')) {
      expect((link as HTMLAnchorElement).protocol).toMatch(/^(https?|mailto):$/);
    }
    expect(names(host).filter((name) => ['script', 'img', 'svg', 'iframe'].includes(name))).toEqual([]);
    expect(harmed()).toBeUndefined();
  } finally {
    host.remove();
  }
});

test('a list of two hundred thousand items is shown', async () => {
  const host = document.createElement('mechanic-form') as MechanicFormElement;
  host.innerHTML = '<form></form><ul><template data-mechanic-each=""><li></li></template></ul>';
  host.webhook = createWebhook({
    url: webhookUrl,
    schedule: () => 0,
    fetch: async () => new Response(null, { status: 204 }),
    result: { read: async () => ({ state: 'done', value: Array(200_000).fill(1) }) },
  }) as Webhook;
  document.body.append(host);
  const over = new Promise((resolve) => {
    host.addEventListener('mechanic:result', resolve);
    host.addEventListener('mechanic:error', resolve);
  });
  host.submit({ a: 1 });
  await over;
  expect(host.getAttribute('state')).toBe('done');
  expect(host.querySelectorAll('li')).toHaveLength(200_000);
  host.remove();
});
