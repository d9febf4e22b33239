import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createInstant } from './helpers.ts';

const customers = [
  { id: '1001', email: 'ann@example.test' },
  { id: '1002', email: 'bob@example.test' },
];
const ann = { customers, signedIn: '1001' };

let root: string;
let folders: { sections: string; templates: string; assets: string[] };

function write(path: string, content: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'storefront-'));
  folders = {
    sections: join(root, 'sections'),
    templates: join(root, 'templates'),
    assets: [join(root, 'one'), join(root, 'two')],
  };
  write(
    'sections/result.liquid',
    '<div data-result="{{ customer.metafields.mechanic.result.value | json | escape }}" data-customer="{{ customer.id }}"></div>\n' +
      '{% schema %}{"name": "Result"}{% endschema %}{% stylesheet %}b { }{% endstylesheet %}{% javascript %}x{% endjavascript %}',
  );
  write('sections/broken.liquid', '\n{% if %}');
  write(
    'templates/index.liquid',
    "{% layout none %}<h1>{{ mechanic.url }}</h1>{% section 'result' %}{{ section.id }}",
  );
  write(
    'templates/page.liquid',
    '{{ page.handle }} {{ settings.color | json }} {{ request.origin }}{{ request.path }}',
  );
  write('templates/page.data.liquid', "{% layout none %}{{ customer.email | default: 'nobody' }}");
  write('templates/page.lost.liquid', "{% section 'nowhere' %}");
  write('one/a.js', 'one');
  write('two/a.js', 'two');
  write('two/style.css', 'b {}');
  write('secret.txt', 'secret');
  write('secret.liquid', 'secret');
});

afterAll(() => rmSync(root, { recursive: true }));

function visit(path: string, options: Parameters<typeof createInstant>[0] = {}, init: RequestInit = {}) {
  return createInstant({ ...folders, ...options }).storefront(new Request(`https://shop.test${path}`, init));
}

describe('one section', () => {
  test.each(['/', '/pages/any', '/nowhere/at/all'])('is rendered in its wrapper at %s', async (path) => {
    const response = await visit(`${path}?section_id=result`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(await response.text()).toBe(
      '<div id="shopify-section-result" class="shopify-section"><div data-result="null" data-customer=""></div>\n</div>',
    );
  });

  test('shows the customer who is signed in, and the metafield escaped, without < in its JSON', async () => {
    const mechanic = createInstant({ ...folders, ...ann });
    const value = JSON.stringify({ html: '</script><b class="x">&', quote: "it's" });
    mechanic.metafields.set('1001', 'mechanic', 'result', { type: 'json', value });
    const html = await (
      await mechanic.storefront(new Request('https://shop.test/?section_id=result'))
    ).text();
    expect(html).toContain('data-customer="1001"');
    const attribute = /data-result="([^"]*)"/.exec(html)?.[1] ?? '';
    expect(attribute).not.toMatch(/[<>']/);
    const text = attribute.replaceAll('&#34;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&');
    expect(JSON.parse(text)).toEqual(JSON.parse(value));
  });

  test.each(['nowhere', '../secret', '..%2Fsecret', 'a/b', ''])(
    'is 404 when there is none: "%s"',
    async (id) => {
      expect((await visit(`/?section_id=${id}`)).status).toBe(404);
    },
  );

  test('is 404 when there is no folder of sections', async () => {
    expect((await createInstant().storefront(new Request('https://shop.test/?section_id=a'))).status).toBe(
      404,
    );
  });

  test('that is faulty is 500 with the file and the line', async () => {
    const response = await visit('/?section_id=broken');
    expect(response.status).toBe(500);
    expect(await response.text()).toMatch(/broken\.liquid, line:2/);
  });

  test('is read anew at each request', async () => {
    write('sections/edited.liquid', 'first');
    const mechanic = createInstant(folders);
    const read = async () =>
      (await mechanic.storefront(new Request('https://shop.test/?section_id=edited'))).text();
    expect(await read()).toContain('first');
    write('sections/edited.liquid', 'second');
    expect(await read()).toContain('second');
  });
});

describe('several sections', () => {
  test('are JSON by id, and null where one cannot be rendered', async () => {
    const response = await visit('/?sections=result,nowhere,broken');
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      result: expect.stringMatching(/^<div id="shopify-section-result" class="shopify-section">/),
      nowhere: null,
      broken: null,
    });
  });

  test('are five at most', async () => {
    expect((await visit('/?sections=a,b,c,d,e')).status).toBe(200);
    expect((await visit('/?sections=a,b,c,d,e,f')).status).toBe(400);
  });
});

describe('a page', () => {
  test('at / is index.liquid, with sections in their wrappers and in a scope of their own', async () => {
    const html = await (await visit('/')).text();
    expect(html).toMatch(/^<h1>https:\/\/mechanic\.test<\/h1><div id="shopify-section-result".*<\/div>$/s);
  });

  test('at /pages/… is page.liquid, with its handle and the settings', async () => {
    const response = await visit('/pages/contact', { settings: { color: '<red>' } });
    expect(await response.text()).toBe('contact "\\u003cred\\u003e" https://shop.test/pages/contact');
  });

  test('takes the template that ?view= names', async () => {
    expect(await (await visit('/pages/x?view=data', ann)).text()).toBe('ann@example.test');
    expect(await (await visit('/pages/x?view=data')).text()).toBe('nobody');
  });

  test.each(['/pages/x?view=nowhere', '/pages/x?view=../../secret', '/cart', '/pages/a/b'])(
    'is 404 without a template: %s',
    async (path) => {
      expect((await visit(path)).status).toBe(404);
    },
  );

  test('that asks for a section without a file is 500 and names it', async () => {
    const response = await visit('/pages/x?view=lost');
    expect(await response.text()).toContain('nowhere.liquid');
    expect(response.status).toBe(500);
  });
});

describe('an asset', () => {
  test.each([
    ['a.js', 'one', 'text/javascript; charset=utf-8'],
    ['style.css', 'b {}', 'text/css; charset=utf-8'],
  ])('comes from the first folder that has it: %s', async (path, content, contentType) => {
    const response = await visit(`/assets/${path}`);
    expect(await response.text()).toBe(content);
    expect(response.headers.get('content-type')).toBe(contentType);
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  test.each(['none.js', '..%2fsecret.txt', '%2e%2e/secret.txt', '..\\secret.txt', '../secret.txt'])(
    'is 404 elsewhere: %s',
    async (path) => {
      const response = await visit(`/assets/${path}`);
      expect(response.status).toBe(404);
      expect(await response.text()).not.toContain('secret\n');
    },
  );

  test('has the URL that asset_url gives', async () => {
    write('templates/page.asset.liquid', "{{ 'a.js' | asset_url }}");
    expect(await (await visit('/pages/x?view=asset')).text()).toBe('/assets/a.js');
  });
});

describe('signing in', () => {
  const form = (fields: { [name: string]: string }) => ({
    method: 'POST',
    body: new URLSearchParams(fields),
  });
  const whoIs = (cookie: string, options = ann) =>
    visit('/pages/x?view=data', options, { headers: { cookie } }).then((r) => r.text());

  test('sets a cookie, which then says who is signed in', async () => {
    const response = await visit('/account/login', ann, form({ customer: '1002' }));
    expect(response.status).toBe(204);
    const cookie = response.headers.get('set-cookie') ?? '';
    expect(cookie).toBe('customer=1002; Path=/; HttpOnly; SameSite=Lax');
    expect(await whoIs(cookie)).toBe('bob@example.test');
  });

  test('with an id that no customer has is refused', async () => {
    const response = await visit('/account/login', ann, form({ customer: '9' }));
    expect(response.status).toBe(422);
    expect(response.headers.has('set-cookie')).toBe(false);
    expect(await response.text()).toContain('9');
  });

  test('out overrides who is signed in by default', async () => {
    const response = await visit('/account/logout', ann, { method: 'POST' });
    expect(response.status).toBe(204);
    expect(await whoIs(response.headers.get('set-cookie') ?? '')).toBe('nobody');
    expect(await whoIs('')).toBe('ann@example.test');
  });

  test.each(['/account/login', '/account/logout'])(
    'returns to a path of this storefront: %s',
    async (path) => {
      const response = await visit(path, ann, form({ customer: '1001', return_to: '/pages/a?b=c' }));
      expect([response.status, response.headers.get('location')]).toEqual([303, '/pages/a?b=c']);
    },
  );

  test.each(['https://evil.test/', '//evil.test', '/\\evil.test', 'pages/a', ''])(
    'refuses to return to "%s"',
    async (returnTo) => {
      const response = await visit('/account/login', ann, form({ customer: '1001', return_to: returnTo }));
      expect(response.status).toBe(400);
      expect(response.headers.has('set-cookie')).toBe(false);
    },
  );
});

describe('a storefront behind its password page', () => {
  test.each(['/', '/?section_id=result', '/pages/x', '/nowhere'])('redirects %s there', async (path) => {
    const response = await visit(path, { ...ann, password: true });
    expect([response.status, response.headers.get('location')]).toEqual([302, '/password']);
  });

  test('shows that page, which is no section, and serves its assets', async () => {
    const page = await visit('/password', { password: true });
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(await page.text()).not.toContain('shopify-section');
    expect((await visit('/assets/a.js', { password: true })).status).toBe(200);
  });
});

test('folders may be file URLs', async () => {
  const response = await visit('/?section_id=result', { sections: pathToFileURL(folders.sections) });
  expect(response.status).toBe(200);
});

test('metafield values are what their types say', async () => {
  write(
    'sections/types.liquid',
    '{% assign m = customer.metafields.m %}{{ m.n.value | plus: 1 }} {{ m.t.value }} {{ m.b.value | json }} {{ m.l.value[1] }} {{ m.constructor | json }}',
  );
  const mechanic = createInstant({ ...folders, ...ann });
  const fields = {
    n: ['number_integer', '41'],
    t: ['single_line_text_field', '41'],
    b: ['boolean', 'false'],
    l: ['list.single_line_text_field', '["a","b"]'],
  };
  for (const [key, [type = '', value = '']] of Object.entries(fields))
    mechanic.metafields.set('1001', 'm', key, { type, value });
  const html = await (await mechanic.storefront(new Request('https://shop.test/?section_id=types'))).text();
  expect(html).toContain('>42 41 false b null<');
});

test('a metafield that is set must be what its type says', () => {
  const { metafields } = createInstant();
  expect(() => metafields.set('1', 'a', 'b', { type: 'json', value: '{' })).toThrow(SyntaxError);
  expect(() => metafields.set('1', 'a', 'b', { type: 'json', value: {} as string })).toThrow(
    'value must be text; received {}',
  );
});
