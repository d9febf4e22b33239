import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { EmulatorOptions } from 'mechanic-storefront/emulator';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createInstant } from './helpers.ts';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'themes-'));
  mkdirSync(join(root, 'a'));
  mkdirSync(join(root, 'b'));
});

afterEach(() => rmSync(root, { recursive: true }));

function write(path: string, content: string | object): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), typeof content === 'string' ? content : JSON.stringify(content));
}

/** What the storefront of the themes `a` and `b` answers at a path. */
async function visit(path: string, options: EmulatorOptions = {}): Promise<string> {
  const mechanic = createInstant({ themes: [join(root, 'a'), join(root, 'b')], ...options });
  return await (await mechanic.storefront(new Request(`https://shop.test${path}`))).text();
}

const section = (schema: object, liquid: string) =>
  `${liquid}{% schema %}${JSON.stringify(schema)}{% endschema %}`;

describe('several themes', () => {
  test('lie one over the other, and the first that has a file wins', async () => {
    write('a/templates/index.liquid', "{% section 'one' %}{% section 'two' %}{% render 'three' %}");
    write('a/sections/one.liquid', 'one of a');
    write('b/sections/one.liquid', 'one of b');
    write('b/sections/two.liquid', 'two of b');
    write('b/snippets/three.liquid', 'three of b');
    write('b/assets/style.css', 'b {}');
    expect((await visit('/')).replace(/<\/?div[^>]*>/g, '|')).toBe('|one of a||two of b|three of b');
    expect(await visit('/assets/style.css')).toBe('b {}');
  });

  test('come after the folders of sections, templates and assets', async () => {
    write('own/index.liquid', 'own');
    write('a/templates/index.liquid', 'of the theme');
    expect(await visit('/', { templates: join(root, 'own') })).toBe('own');
  });
});

describe('a JSON template', () => {
  test('renders its sections in their order, without those that are disabled', async () => {
    for (const name of ['x', 'y', 'z']) write(`a/sections/${name}.liquid`, `${name} is {{ section.id }}`);
    write(
      'a/templates/page.about-us.json',
      `/* written by an editor */ ${JSON.stringify({
        sections: { first: { type: 'y' }, second: { type: 'x' }, third: { type: 'z', disabled: true } },
        order: ['second', 'third', 'first'],
      })}`,
    );
    expect((await visit('/pages/x?view=about-us')).replace(/<\/?div[^>]*>/g, '')).toBe(
      'x is template--page-about-us__second\ny is template--page-about-us__first',
    );
  });

  test('is the one of the page of its name, before the one for all pages', async () => {
    write('a/sections/x.liquid', '{{ template.name }} {{ template.suffix }}');
    write('a/templates/page.json', { sections: { x: { type: 'x' } }, order: ['x'] });
    write('a/templates/page.offer.json', { sections: { x: { type: 'x' } }, order: ['x'] });
    expect(await visit('/pages/offer')).toContain('page offer');
    expect(await visit('/pages/other')).toContain('>page <');
  });

  test('gives sections and blocks their settings, and the schema the rest', async () => {
    const schema = {
      tag: 'section',
      class: 'wide',
      settings: [
        { type: 'header', content: 'Texts' },
        { type: 'text', id: 'heading', default: 'from the schema' },
        { type: 'checkbox', id: 'big', default: true },
      ],
      blocks: [{ type: 'line', settings: [{ type: 'text', id: 'text', default: 'a line' }] }],
    };
    const liquid =
      '{{ section.settings.heading }}, {{ section.settings.big }}: {% for block in section.blocks %}[{{ block.id }} {{ block.type }} {{ block.settings.text }}{{ block.shopify_attributes }}]{% endfor %}';
    write('a/sections/x.liquid', section(schema, liquid));
    write('a/templates/index.json', {
      sections: {
        x: {
          type: 'x',
          settings: { big: false },
          blocks: { a: { type: 'line' }, b: { type: 'line', settings: { text: 'mine' } } },
          block_order: ['b', 'a'],
        },
      },
      order: ['x'],
    });
    expect(await visit('/')).toBe(
      '<section id="shopify-section-template--index__x" class="shopify-section wide">from the schema, false: [b line mine][a line a line]</section>',
    );
    expect(await visit('/', { designMode: true })).toContain(
      '[b line minedata-shopify-editor-block="{&quot;id&quot;:&quot;b&quot;,&quot;type&quot;:&quot;line&quot;}"]',
    );
    // The same section on its own has nothing but the schema's.
    expect(await visit('/?section_id=x')).toContain('from the schema, true: </section>');
  });

  test('may hold Liquid in its settings', async () => {
    write('a/sections/x.liquid', section({ settings: [{ id: 'url' }] }, '{{ section.settings.url }}'));
    write('a/templates/index.json', {
      sections: { x: { type: 'x', settings: { url: '{{ mechanic.url }}/webhook/{{ settings.id }}?{id}' } } },
      order: ['x'],
    });
    expect(await visit('/', { settings: { id: 7 } })).toContain('>https://mechanic.test/webhook/7?{id}<');
  });

  const x = { type: 'x' };
  test.each([
    [{ sections: { x: { type: 'nowhere' } }, order: ['x'] }, 'There is no "nowhere.liquid"'],
    [{ sections: { x }, order: ['y'] }, 'order names "y"'],
    [{ sections: { x }, order: ['constructor'] }, 'order names "constructor"'],
    [
      { sections: { x: { ...x, settings: { size: 1 } } }, order: ['x'] },
      'x: the schema has no setting "size"',
    ],
    [
      { sections: { x: { ...x, blocks: { a: { type: 'b' } }, block_order: ['a'] } }, order: ['x'] },
      'x: the schema has no block "b"',
    ],
    [{ sections: { x: { ...x, block_order: ['a'] } }, order: ['x'] }, 'block_order names "a"'],
    [{ sections: { x }, order: ['x'], wrapper: 'div' }, "template: unknown option 'wrapper'"],
    [{ sections: { x }, order: ['x'], layout: 'wide' }, 'asks for the layout "wide"'],
    ['{', 'index.json is no JSON'],
  ])('that is faulty is told by name: %j', async (template, message) => {
    write('a/sections/x.liquid', 'x');
    write('a/templates/index.json', template);
    const mechanic = createInstant({ themes: [join(root, 'a')] });
    const response = await mechanic.storefront(new Request('https://shop.test/'));
    expect(response.status).toBe(500);
    expect(await response.text()).toContain(message);
  });

  test('with a section whose schema is faulty names the file', async () => {
    write('a/sections/x.liquid', '{% schema %}{,}{% endschema %}');
    write('a/sections/y.liquid', section({ tag: 'main' }, ''));
    expect(await visit('/?section_id=x')).toContain('x.liquid, schema is no JSON');
    expect(await visit('/?section_id=y')).toContain('y.liquid: schema.tag');
  });
});

describe('a layout', () => {
  const layout =
    '<html lang="{{ request.locale.iso_code }}">{{ content_for_header }}{{ content_for_layout }}</html>';

  test('is around every template, except where one wants another or none', async () => {
    write('b/layout/theme.liquid', layout);
    write('b/layout/wide.liquid', 'wide {{ content_for_layout }}');
    write('a/sections/x.liquid', 'x');
    write('a/templates/index.json', { sections: { x: { type: 'x' } }, order: ['x'] });
    write('a/templates/page.liquid', 'a page');
    write('a/templates/page.none.liquid', '{% layout none %}a page');
    write('a/templates/page.wide.liquid', "{% layout 'wide' %}a page");
    write('a/templates/page.bare.json', { layout: false, sections: { x: { type: 'x' } }, order: ['x'] });
    expect(await visit('/')).toMatch(/^<html lang="en"><div.*x<\/div><\/html>$/);
    expect(await visit('/pages/any')).toBe('<html lang="en">a page</html>');
    expect(await visit('/pages/any?view=none')).toBe('a page');
    expect(await visit('/pages/any?view=wide')).toBe('wide a page');
    expect(await visit('/pages/any?view=bare')).toMatch(/^<div/);
  });

  test('is around no section', async () => {
    write('b/layout/theme.liquid', layout);
    write('a/sections/x.liquid', 'x');
    expect(await visit('/?section_id=x')).toMatch(/^<div[^>]*>x<\/div>$/);
  });
});

describe('t', () => {
  beforeEach(() => {
    write('a/locales/en.default.json', {
      page: { hello: 'Hello, {{ name }}!', only: 'only & here', two: {} },
    });
    write('a/locales/de.json', { page: { hello: 'Hallo, {{ name }}!' } });
    write('b/locales/en.default.json', { kit: { sign_html: '<b>{{ name }}</b>' } });
  });
  const say = (liquid: string, options: EmulatorOptions = {}) => {
    write('a/templates/index.liquid', liquid);
    return visit('/', options);
  };

  test('finds a text in the language, else in the default one, in every theme', async () => {
    const liquid = "{{ 'page.hello' | t: name: 'Ann' }} {{ 'page.only' | translate }}";
    expect(await say(liquid)).toBe('Hello, Ann! only &amp; here');
    expect(await say(liquid, { locale: 'de' })).toBe('Hallo, Ann! only &amp; here');
  });

  test('escapes HTML, and what is put in, except for the text under a key in _html', async () => {
    expect(await say("{{ 'page.hello' | t: name: '<i>' }}")).toBe('Hello, &lt;i&gt;!');
    expect(await say("{{ 'kit.sign_html' | t: name: '<i>' }}")).toBe('<b>&lt;i&gt;</b>');
  });

  test.each(['page.nothing', 'page.two', 'page', 'page.constructor', 'shopify.checkout'])(
    'tells that there is no text: %s',
    async (key) => {
      expect(await say(`{{ '${key}' | t }}`)).toContain(`"${key}"`);
    },
  );
});

test('stylesheet_tag, hmac_sha256, routes and the comment of a snippet are as in Shopify', async () => {
  write('a/snippets/x.liquid', '{% doc %} {{ nothing }} {% enddoc %}[{{ given }}{{ local }}]');
  write(
    'a/templates/index.liquid',
    `{% assign local = 1 %}{% render 'x', given: 2 %}{{ 'a.css' | asset_url | stylesheet_tag }} {{ customer.id | hmac_sha256: 'secret' }} {{ routes.account_login_url }} {{ request.design_mode }}`,
  );
  const customers = [{ id: '1001', email: 'ann@example.test' }];
  expect(await visit('/', { customers, signedIn: '1001' })).toBe(
    '[2]<link href="/assets/a.css" rel="stylesheet" type="text/css" media="all" /> ' +
      '6ce001255b4355e392a95496724ff4e64ef315eb97eca5388dc46ee0436ab7cb /account/login false',
  );
  write('a/templates/page.liquid', "{{ 1 | hmac_sha256: '' }}");
  expect(await visit('/pages/x')).toContain('needs a key');
});

test('the page for signing in has a button for each customer', async () => {
  const customers = [{ id: '1001', email: '<ann>@example.test' }];
  expect(await visit('/account/login', { customers })).toContain(
    '<button name="customer" value="1001">&lt;ann&gt;@example.test</button>',
  );
});

test.each([
  [{ themes: ['nowhere/at/all'] }, 'themes[0] must be a folder'],
  [{ locale: '../en' }, 'locale must be a language'],
  [{ designMode: 'yes' }, 'designMode must be true or false'],
])('an option that is wrong is told by name: %j', (options, message) => {
  expect(() => createInstant(options as EmulatorOptions)).toThrow(message);
});
