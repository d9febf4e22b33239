// The examples of Mechanic's docs ("Webhooks"), with nothing but the host changed.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createInstant } from './helpers.ts';

const shell = promisify(execFile);
let mechanic: ReturnType<typeof createInstant>;
let url: string;
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'curl-'));
  writeFileSync(join(folder, 'data.json'), '{"some_data": ["yep", 1, null]}');
});

beforeEach(async () => {
  mechanic = createInstant();
  url = (await mechanic.listen()).url;
  return () => mechanic.close();
});

afterAll(() => rmSync(folder, { recursive: true }));

/** Runs a command line in the shell, as a reader of the docs would. It fails when curl is not there. */
async function run(command: string): Promise<void> {
  await shell('sh', ['-c', command.replace('https://usemechanic.com', url)], {
    cwd: folder,
    env: { ...process.env, no_proxy: '127.0.0.1' },
  });
}

const allData = () => mechanic.events().map(({ data }) => data);

test('cURL with a multipart field', async () => {
  await run('curl -X POST -F foo=bar https://usemechanic.com/webhook/abcdef12-3456-abcd-ef12-3456abcdef12');
  expect(allData()).toEqual([{ foo: 'bar' }]);
});

test('cURL with a JSON file', async () => {
  await run(
    'curl -X POST -H "content-type: application/json" -d @data.json https://usemechanic.com/webhook/abcdef12-3456-abcd-ef12-3456abcdef12',
  );
  expect(allData()).toEqual([{ some_data: ['yep', 1, null] }]);
});

test('cURL with a file', async () => {
  await run(
    'curl -F "doc=@data.json;type=application/json" https://usemechanic.com/webhook/abcdef12-3456-abcd-ef12-3456abcdef12',
  );
  const content = '{"some_data": ["yep", 1, null]}';
  expect(allData()).toEqual([
    {
      doc: {
        content_base64: Buffer.from(content).toString('base64'),
        mime_type: 'application/json',
        name: 'data.json',
        size: content.length,
      },
    },
  ]);
});

test('fetch with JSON', async () => {
  const data = {
    some_data: 'yep here it is',
  };
  const response = await fetch(`${url}/webhook/abcdef12-3456-abcd-ef12-3456abcdef12`, {
    method: 'post',
    body: JSON.stringify(data),
    headers: {
      'content-type': 'application/json',
    },
  });
  expect(response.status).toBe(204);
  expect(allData()).toEqual([data]);
});

test.each([
  ['$.post and $.ajax with data', 'foo=bar', 'application/x-www-form-urlencoded; charset=UTF-8'],
  ['$.ajax with JSON', '{"foo":"bar"}', 'application/json'],
])('what jQuery sends for %s', async (_, body, type) => {
  const headers = { 'content-type': type, 'x-requested-with': 'XMLHttpRequest' };
  await fetch(`${url}/webhook/abcdef12-3456-abcd-ef12-3456abcdef12`, { method: 'POST', body, headers });
  expect(allData()).toEqual([{ foo: 'bar' }]);
});

test('the id that the docs make up is answered with 204, and makes no event', async () => {
  const response = await fetch(`${url}/webhook/0000-0000`, { method: 'post', body: '{}' });
  expect(response.status).toBe(204);
  expect(allData()).toEqual([]);
});
