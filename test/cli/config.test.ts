import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { run, start } from '../support/cli.ts';
import { snippets } from '../support/snippets.ts';

const id = '0f9c2a52-6f0e-4c7a-9d6e-0d4f3f0a9a11';
const folder = mkdtempSync(join(tmpdir(), 'config-'));

function write(path: string, content: string | object): string {
  const file = join(folder, path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content, null, 2));
  return path;
}

test('a config makes a local Mechanic, with paths relative to its own folder', async () => {
  write('shop/sections/hello.liquid', 'Hello {{ settings.name }}');
  write('shop/templates/index.liquid', 'Home');
  write('shop/assets/a.js', '// an asset');
  const config = write('shop/config.json', {
    $schema: './node_modules/mechanic-storefront/dist/emulate.schema.json',
    webhooks: [{ id, topic: 'user/quote/requested' }],
    sections: 'sections',
    templates: './templates',
    assets: ['assets'],
    settings: { name: 'you' },
    latency: 'real',
    faults: { on: 'section', delayMs: 1 },
  });
  // Flags stand over the config, each by itself.
  const running = start(['emulate', config, '--port', '0', '--latency', 'fast', '--status', '418'], folder);
  const [, shop, url] = await running.printed(/The storefront +(http:\S+)\s+Mechanic +(http:\S+)/);
  expect(await (await fetch(`${shop}/`)).text()).toBe('Home');
  expect(await (await fetch(`${shop}/assets/a.js`)).text()).toBe('// an asset');
  expect((await fetch(`${shop}/?section_id=hello`)).status).toBe(418);
  const dashboard = await (await fetch(url ?? '')).text();
  expect(dashboard).toContain('value="fast" selected');
  expect(dashboard).toContain('name="delayMs" value="1"');
  expect(dashboard).toContain(`${url}/webhook/${id}`);
  running.process.kill('SIGTERM');
  expect((await running.ended).stdout).not.toContain('No config file');
});

test('a config runs task files beside it, and an edit shows in the next event', async () => {
  const task = (greeting: string) => ({
    name: 'Greet',
    options: { greeting__required: greeting },
    subscriptions: [],
    subscriptions_template: 'user/quote/requested',
    docs: '',
    script:
      '{% action "http", method: "put", url: "/storage/greeting.json", body: options.greeting__required %}',
  });
  write('files/tasks/greet.json', task('Hello'));
  const webhooks = [{ id, topic: 'user/quote/requested' }];
  const config = write('files/config.json', { webhooks, tasks: 'tasks/*.json', latency: 0 });
  const running = start(['emulate', config, '--port', '0'], folder);
  const [, url] = await running.printed(/Mechanic +(http:\S+)/);
  const greeting = async () => {
    await fetch(`${url}/${id}`, { method: 'POST' });
    return async () => (await fetch(`${url}/storage/greeting.json`)).text();
  };
  await expect.poll(await greeting()).toBe('Hello');
  write('files/tasks/greet.json', task('Good evening'));
  await expect.poll(await greeting()).toBe('Good evening');
});

test.each([
  [
    'a topic',
    { webhooks: [{ id, topic: 'quote' }] },
    ['webhooks[0].topic must be three parts', "received 'quote'"],
  ],
  ['an unknown name', { webhook: [] }, ["the options: unknown option 'webhook'"]],
  [
    'a folder',
    { sections: 'nowhere' },
    [`sections must be a folder, and there is none at ${join(folder, 'nowhere')}`],
  ],
  ['faults', { faults: { drop: 7 } }, ['faults.drop must be 1 or less; received 7']],
  [
    'several',
    { seed: 1.5, password: 1 },
    ['seed must be an integer', '\nconfig.json: password must be true'],
  ],
  ['a path that is no text', { assets: [1] }, ['assets[0] must be the path of a folder; received 1']],
  [
    'a task file that is not there',
    { tasks: ['nowhere/*.json'] },
    [`tasks[0] must be a task file or a pattern of some, and there is none at ${join(folder, 'nowhere')}`],
  ],
  [
    'what is no task file',
    { tasks: 'config.json' },
    ['tasks names a file that is no task file', 'script must be text'],
  ],
  ['a list', [], ['a config is an object; received []']],
  ['null', 'null', ['a config is an object; received null']],
  ['what is no JSON', '{\n  "seed": 1,\n  seed: 2\n}', ['line 3 is no JSON: ']],
  ['a text that ends too early', '{\n  "seed": 1,\n', ['line 3 is no JSON: ']],
  ['an empty file', '', ['line 1 is no JSON: Unexpected end of JSON input']],
])('%s: the fault is named with its file', async (_, content, words) => {
  const { code, stdout, stderr } = await run(['emulate', write('config.json', content)], folder);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(/^config\.json: /);
  for (const part of words) expect(stderr).toContain(part);
  expect(stderr).not.toContain('    at ');
});

test('a config that is not there is named', async () => {
  const { code, stderr } = await run(['emulate', 'no.json'], folder);
  expect({ code, stderr }).toEqual({ code: 1, stderr: 'no.json: cannot be read (ENOENT)\n' });
});

test("a mark that Windows' editors write first is no fault", async () => {
  const running = start(['emulate', write('mark.json', '\uFEFF{}'), '--port', '0'], folder);
  await running.printed(/Mechanic +http/);
});

test('the JSON Schema knows every option, and nothing that JSON cannot say', async () => {
  const schema = JSON.parse(readFileSync('dist/emulate.schema.json', 'utf8'));
  const options =
    readFileSync('src/emulator/options.ts', 'utf8').split('export interface EmulatorOptions')[1] ?? '';
  const names = [...options.matchAll(/^ {2}(\w+)\?:/gm)].map(([, name]) => name);
  expect(Object.keys(schema.properties).sort()).toEqual([...names, '$schema'].sort());
  expect(schema.required).toBeUndefined();
  expect(schema.additionalProperties).toBe(false);
  expect(schema.properties.settings.type).toBe('object');
  expect(schema.properties.sections.anyOf).toContainEqual({ anyOf: [{ type: 'string' }, { not: {} }] });
  const file = { type: 'object', properties: { name: { type: 'string' }, script: { type: 'string' } } };
  expect(schema.properties.tasks.anyOf[1].items.anyOf[1]).toMatchObject(file);
  expect(schema.properties.webhooks.items.properties.id.pattern).toContain('[0-9a-fA-F]{8}');
});

test('the config in the docs has nothing that the schema does not know', () => {
  const [example = '{}'] = snippets('docs/local-mechanic.md', 'json');
  const { properties } = JSON.parse(readFileSync('dist/emulate.schema.json', 'utf8'));
  const names = Object.keys(JSON.parse(example));
  expect(names.length).toBeGreaterThan(3);
  expect(names.filter((name) => !(name in properties))).toEqual([]);
});
