import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEmulator, type EmulatorOptions } from 'mechanic-storefront/emulator';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { snippets } from '../support/snippets.ts';
import { taskFile } from '../support/task-file.ts';

const webhook = '00000000-0000-4000-8000-000000000001';
const url = `https://mechanic.test/webhook/${webhook}`;
const customers = [{ id: '1001', email: 'ann@example.test' }];
const [secretLine = '', taskLines = ''] = snippets('theme/README.md', 'liquid');

let root: string;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'kit-'));
  cpSync('theme', join(root, 'kit'), { recursive: true });
  const snippet = join(root, 'kit/snippets/mechanic-customer.liquid');
  const blank = "{%- assign secret = '' -%}";
  const source = readFileSync(snippet, 'utf8');
  expect(source).toContain(blank);
  mkdirSync(join(root, 'signing/snippets'), { recursive: true });
  writeFileSync(
    join(root, 'signing/snippets/mechanic-customer.liquid'),
    source.replace(blank, secretLine.trim()),
  );
});

afterAll(() => rmSync(root, { recursive: true }));

type Block = { type: string; settings: { [id: string]: unknown } };

/** The kit with the secret in its snippet. */
const signing = () => [join(root, 'signing'), join(root, 'kit')];

/** A shop whose home page is the section with these settings and blocks. */
function createShop(settings: object, blocks: Block[] = [], options: EmulatorOptions = {}) {
  const templates = mkdtempSync(join(root, 'templates-'));
  const form = {
    type: 'mechanic-form',
    settings,
    blocks: { ...blocks },
    block_order: blocks.map((_, index) => String(index)),
  };
  writeFileSync(join(templates, 'index.json'), JSON.stringify({ sections: { form }, order: ['form'] }));
  return createEmulator({ latency: 0, customers, templates, themes: [join(root, 'kit')], ...options });
}

/** The section as a page has it, with the white space of its Liquid drawn together. */
async function render(settings: object, blocks: Block[] = [], options: EmulatorOptions = {}) {
  const response = await createShop(settings, blocks, options).storefront(new Request('https://shop.test/'));
  const html = (await response.text()).replace(/\s+/g, ' ');
  expect([response.status, html]).toEqual([200, html]);
  return html;
}

test('the README of the kit names each of its files', () => {
  const readme = readFileSync('theme/README.md', 'utf8');
  const files = readdirSync('theme', { recursive: true, encoding: 'utf8' })
    .filter((file) => statSync(join('theme', file)).isFile() && file !== 'README.md')
    .map((file) => (file.startsWith('locales') ? file.replace(/^.*\/(?!en)/, '') : file));
  expect(files.length).toBeGreaterThan(8);
  expect(files.filter((file) => !readme.includes(`\`${file}\``))).toEqual([]);
});

test('without a webhook visitors see no form, and the theme editor says what to set', async () => {
  expect(await render({})).not.toMatch(/<mechanic-form|<form|mechanic-form__hint/);
  const edited = await render({}, [], { designMode: true });
  expect(edited).not.toContain('<mechanic-form');
  expect(edited).toContain('paste the webhook&#39;s URL');
});

test.each([
  ['cache', 'cache_url', 'https://usemechanic.com/cache/x', 'cache-endpoint'],
  ['file', 'file_url', 'https://cdn.example/{id}.json', 'stored-file'],
])('the result comes back where the setting says: %s', async (result, setting, address, attribute) => {
  const html = await render({ webhook_url: ` ${url} `, result, [setting]: address });
  expect(html).toContain(`webhook="${url}"`);
  expect(html).toContain(`action="${url}" method="post"`);
  expect(html).toContain(`${attribute}="${address}"`);
  // The URL that is missing is told in the theme editor alone.
  const missing = await render({ webhook_url: url, result }, [], { designMode: true });
  expect(missing).toContain('set the URL where the result comes back');
  expect(missing).not.toContain(`${attribute}=`);
  expect(await render({ webhook_url: url, result })).not.toContain('mechanic-form__hint');
});

test('only one place for the result is named, whatever other settings still hold', async () => {
  const both = { cache_url: 'https://usemechanic.com/cache/x', file_url: 'https://cdn.example/{id}.json' };
  for (const [result, places] of Object.entries({ cache: 1, file: 1, metafield: 1, none: 0 })) {
    const html = await render({ webhook_url: url, result, ...both });
    expect(html.match(/(cache-endpoint|stored-file|metafield-section)=/g) ?? []).toHaveLength(places);
  }
});

test('each kind of field is a labelled control with its name', async () => {
  const kinds = ['text', 'email', 'tel', 'number', 'date', 'textarea', 'select', 'checkbox', 'file'];
  const fields = kinds.map((kind) => ({
    type: 'field',
    settings: { kind, title: `The ${kind}`, name: `its[${kind}]`, help: 'Help', options: 'a = A & B\n b=C' },
  }));
  const html = await render({ webhook_url: url }, fields);
  for (const kind of kinds) {
    const id = new RegExp(`<label [^>]*for="([^"]+)">The ${kind} <span`).exec(html)?.[1] ?? 'none';
    const control = new RegExp(`<(input|textarea|select) [^>]*id="${id}" name="its\\[${kind}\\]"[^>]*>`).exec(
      html,
    )?.[0];
    expect(control).toContain(`aria-describedby="${id}-help"`);
    expect(html).toContain(`id="${id}-help">Help<`);
  }
  expect(html).toMatch(/<option value="a" >A &amp; B<\/option><option value="b" >C<\/option>/);
  expect(html).toContain('enctype="multipart/form-data"');
  expect(html.match(/\(optional\)/g)).toHaveLength(kinds.length);
});

test('a form without a file is urlencoded, and a hidden field has no label', async () => {
  const hidden = { type: 'field', settings: { kind: 'hidden', name: 'page', value: '"home"' } };
  const html = await render({ webhook_url: url }, [hidden]);
  expect(html).not.toContain('enctype');
  expect(html).toContain('<input type="hidden" name="page" value="&#34;home&#34;">');
  expect(html).not.toContain('<label');
});

test("texts are the merchant's, else those of the visitor's language, and no markup", async () => {
  const settings = { webhook_url: url, button: '<b>Go</b> & "run"', heading: 'A < B' };
  const html = await render(settings);
  expect(html).toContain('type="submit">&lt;b&gt;Go&lt;/b&gt; &amp; &#34;run&#34;</button>');
  expect(html).toContain('>A &lt; B</h2>');
  const german = await render({ webhook_url: url }, [], { locale: 'de' });
  expect(german).toContain('type="submit">Senden</button>');
  expect(german).toContain('message-timeout="Das dauert länger als sonst.');
});

test('a failure has the text of its block, which also stands for the one about signing in', async () => {
  const failure = {
    type: 'failure',
    settings: { codes: 'empty_cart not_signed_in', text: '<p>Look at <a href="/">the shop</a>.</p>' },
  };
  const html = await render({ webhook_url: url }, [failure]);
  expect(html).toContain('data-mechanic-message-for="empty_cart not_signed_in" hidden');
  expect(html.match(/data-mechanic-message-for/g)).toHaveLength(1);
  expect(await render({ webhook_url: url })).toContain('href="/account/login">Sign in</a>');
});

test('nothing stands inline that a strict policy would refuse', async () => {
  const html = await render({ webhook_url: url }, [{ type: 'field', settings: { name: 'a', kind: 'text' } }]);
  expect(html).not.toMatch(/<style|\sstyle=|\son\w+=|javascript:|<script(?! src)/);
});

test('the task of the README takes the signature of the snippet, and no other', async () => {
  const task = taskFile(`${taskLines}{% log "welcome" %}`, 'user/form/sent', {
    options: { customer_secret__required: /'([^']+)'/.exec(secretLine)?.[1] ?? '' },
  });
  const mechanic = createShop({ webhook_url: url, send_customer: true }, [], {
    themes: signing(),
    webhooks: [{ id: webhook, topic: 'user/form/sent' }],
    tasks: [task],
    signedIn: '1001',
  });
  const html = await (await mechanic.storefront(new Request('https://shop.test/'))).text();
  const fieldOf = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? '';
  const signed = { customer_id: fieldOf('customer_id'), customer_signature: fieldOf('customer_signature') };
  expect(signed).toEqual({
    customer_id: '1001',
    customer_signature: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  expect(html).not.toContain(/'([^']+)'/.exec(secretLine)?.[1]);

  const send = (body: BodyInit, headers: HeadersInit = {}) =>
    mechanic.fetch(new Request(url, { method: 'POST', body, headers }));
  await send(new URLSearchParams(signed));
  const json = { 'content-type': 'application/json' };
  await send(JSON.stringify({ ...signed, customer_id: 1001 }), json);
  await send(new URLSearchParams({ ...signed, customer_id: '1002' }));
  await send(new URLSearchParams({ customer_id: '1001' }));
  await send(new URLSearchParams({ uuid: 'x' }));
  await mechanic.idle();
  const statuses = mechanic.events().map(({ taskRuns }) => taskRuns[0]?.status);
  expect(statuses).toEqual(['succeeded', 'succeeded', 'failed', 'failed', 'failed']);
});

test('nobody is sent while nobody is signed in, nobody asks, or there is no secret', async () => {
  const asked = { webhook_url: url, send_customer: true };
  const cases: [object, EmulatorOptions][] = [
    [asked, { themes: signing() }],
    [{ webhook_url: url }, { themes: signing(), signedIn: '1001' }],
    [asked, { signedIn: '1001' }],
  ];
  for (const [settings, options] of cases) {
    const html = await render(settings, [], options);
    expect(html).toContain('<mechanic-form');
    expect(html).not.toContain('customer_id');
  }
  const edited = await render(asked, [], { designMode: true });
  expect(edited).toContain('set the secret in snippets/mechanic-customer.liquid');
});
