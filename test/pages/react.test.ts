import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildSync } from 'esbuild';
import { createEmulator } from 'mechanic-storefront/emulator';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { snippets } from '../support/snippets.ts';
import { useStorefront } from '../support/storefront.ts';
import { taskFile } from '../support/task-file.ts';

// The components of docs/react.md, with what was built and each version of React. Only the hosts are changed.
const [hook = '', element = ''] = snippets('docs/react.md', 'tsx');
const [task = ''] = snippets('README.md', 'liquid');

const id = (last: number) => `00000000-0000-4000-8000-00000000000${last}`;
const toLocal = (code: string) =>
  code
    .replaceAll(/(['"])https:\/\/(?:webhooks\.mechanic\.dev|usemechanic\.com)(.*?)\1/g, '{mechanic + $1$2$1}')
    // In JSX an expression is in braces, and in an object it is not.
    .replaceAll(/(: |\()\{(mechanic.*?)\}/g, '$1$2');

// A server's page, which strict mode takes over.
const page = `
import { StrictMode, version } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { renderToString } from 'react-dom/server.browser';
import { Quote } from './hook';
import { QuoteForm } from './element';
const app = location.search ? <QuoteForm /> : <Quote />;
const root = document.getElementById('root');
root.innerHTML = renderToString(app);
hydrateRoot(root, <StrictMode>{app}</StrictMode>);
document.title = version;
`;

const compilerOptions = {
  target: 'ES2022',
  lib: ['ES2023', 'DOM', 'DOM.Iterable'],
  module: 'ESNext',
  moduleResolution: 'bundler',
  jsx: 'react-jsx',
  strict: true,
  exactOptionalPropertyTypes: true,
  types: [],
  skipLibCheck: true,
  noEmit: true,
};

describe.each(['18', '19'])('React %s', (version) => {
  const project = realpathSync(mkdtempSync(join(tmpdir(), `react-${version}-`)));
  const modules = join(project, 'node_modules');
  const put = (file: string, content: string) => writeFileSync(join(project, file), content);

  beforeAll(() => {
    for (const folder of ['local', 'templates', 'assets']) mkdirSync(join(project, folder));
    if (version === '18') {
      cpSync('test/pages/react-18', project, { recursive: true });
      execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
        cwd: project,
        shell: process.platform === 'win32',
      });
    } else link('react', 'react-dom', '@types');
    link('uuid');
    // Not linked: from its own place it would find the React of this project.
    const installed = join(modules, 'mechanic-storefront');
    cpSync('dist', join(installed, 'dist'), { recursive: true });
    cpSync('package.json', join(installed, 'package.json'));
    put('hook.tsx', hook);
    put('element.tsx', element);
    put('tsconfig.json', JSON.stringify({ compilerOptions, files: ['hook.tsx', 'element.tsx'] }));
  }, 120_000);
  afterAll(() => rmSync(project, { recursive: true }));

  function link(...names: string[]): void {
    mkdirSync(modules, { recursive: true });
    for (const name of names) symlinkSync(resolve('node_modules', name), join(modules, name), 'junction');
  }

  const storefront = useStorefront(() => {
    for (const [file, code] of Object.entries({ hook, element, page })) {
      put(`local/${file}.tsx`, toLocal(code));
    }
    buildSync({
      entryPoints: [join(project, 'local/page.tsx')],
      outfile: join(project, 'assets/page.js'),
      bundle: true,
      jsx: 'automatic',
      define: { 'process.env.NODE_ENV': '"development"' },
    });
    put(
      'templates/index.liquid',
      `<!doctype html><title>…</title><link rel="icon" href="data:,"><div id="root"></div>
      <script>const mechanic = {{ mechanic.url | json }};</script><script src="{{ 'page.js' | asset_url }}"></script>`,
    );
    return createEmulator({
      webhooks: [{ id: id(1), topic: 'user/quote/requested' }],
      cacheEndpoints: [{ id: id(2), key: 'quotes' }],
      tasks: [taskFile(task, 'user/quote/requested')],
      templates: join(project, 'templates'),
      assets: [pathToFileURL(join(project, 'assets'))],
    });
  });

  test.each([
    ['the hook', '/'],
    ['the element', '/?element'],
  ])('%s of the guide shows a price, submits once, and nothing is complained of', async (_, path) => {
    const before = storefront.mechanic.events().length;
    const page = await storefront.newPage();
    const complaints: string[] = [];
    page.on('pageerror', ({ message }) => complaints.push(message));
    page.on('console', (told) => {
      if (/error|warning/.test(told.type())) complaints.push(told.text());
    });
    await page.goto(storefront.storefrontUrl + path);
    expect(await page.title()).toMatch(new RegExp(`^${version}\\.`));
    await page.getByLabel('Pieces').fill('3');
    await page.getByRole('button').dblclick();
    await page.getByText('Your price: 27').waitFor();
    expect(storefront.mechanic.events().length - before).toBe(1);
    expect(complaints).toEqual([]);
  });

  test("the guide's code compiles with its types", () => {
    const tsc = resolve('node_modules/typescript/bin/tsc');
    const { status, stdout } = spawnSync(process.execPath, [tsc, '--project', project], { encoding: 'utf8' });
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
  });
});
