// docs/getting-started.md, word for word in an empty folder, but for the ports and what comes from the registry.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chromiumOptions } from '../support/chromium.ts';
import { shopProject } from '../support/packed.ts';
import { snippets } from '../support/snippets.ts';

const page = 'docs/getting-started.md';
const [config = '', task = '', ...moreJson] = snippets(page, 'json');
const [template = '', index = '', ...moreHtml] = snippets(page, 'html');
const [script = '', ...moreScripts] = snippets(page, 'js');
const [install = '', emulate = '', copy = '', , serve = ''] = snippets(page, 'sh');

const { folder } = shopProject('vite');
const started: ChildProcess[] = [];
let browser: Browser;
let storefront: string;
let server: string;

/** Writes a file of the page, at the ports of this run. */
function write(file: string, text: string, mechanic = ''): void {
  writeFileSync(join(folder, file), text.replaceAll('http://127.0.0.1:4100', mechanic));
}

/** What the page says to type, but for what needs the registry. */
const shell = (commands: string) => execFileSync('sh', ['-c', commands], { cwd: folder });

/** Starts a program of the folder's own, and waits for what it prints. */
async function start(program: string, args: string[], pattern: RegExp): Promise<RegExpExecArray> {
  const env = { ...process.env, NO_COLOR: '1' };
  const child = spawn(process.execPath, [join(folder, 'node_modules', program), ...args], {
    cwd: folder,
    env,
  });
  started.push(child);
  let said = '';
  return new Promise((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      said += chunk;
      const match = pattern.exec(said);
      if (match) resolve(match);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('exit', () => reject(new Error(`${program} ended: ${said}`)));
  });
}

beforeAll(async () => {
  browser = await chromium.launch(chromiumOptions());
  write('package.json', '{ "name": "getting-started", "version": "1.0.0" }');
  shell(install.replaceAll(/^npm .*$/gm, ''));
  write('mechanic.json', config);
  write('tasks/quote.json', task);
  const [, to = '', mechanic = ''] = await start(
    'mechanic-storefront/dist/cli.js',
    ['emulate', 'mechanic.json', '--port', '0'],
    /storefront +(http\S+)\s+Mechanic +(http\S+)/,
  );
  storefront = to;
  write('theme/templates/index.liquid', template, mechanic);
  shell(copy);
  write('index.html', index);
  write('main.js', script, mechanic);
  const [, local = ''] = await start(
    'vite/bin/vite.js',
    ['--port', '0', '--host', '127.0.0.1'],
    /Local: +(http\S+)/,
  );
  server = local;
}, 120_000);
afterAll(async () => {
  for (const child of started) child.kill('SIGKILL');
  await browser?.close();
});

test('the page has no file or command that is not tried here', () => {
  expect([...moreJson, ...moreHtml, ...moreScripts]).toEqual([]);
  expect(install).toContain('npm install mechanic-storefront');
  expect(emulate).toBe('npx mechanic-storefront emulate mechanic.json\n');
  expect(serve).toBe('npx vite\n');
});

test.each([
  ['the theme', () => storefront],
  ['the page with npm', () => server],
])('%s shows the price that the page promises', async (_, address) => {
  const visit = await browser.newPage();
  await visit.goto(address());
  await visit.getByRole('button').click();
  await visit.getByRole('status').filter({ hasText: 'Your price: 90' }).waitFor();
  await visit.close();
});
