import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { build as esbuild } from 'esbuild';
import { build as vite } from 'vite';
import { expect, test } from 'vitest';
import webpack from 'webpack';
import { bareGlobals } from '../support/bare-page.ts';
import { entries, shopProject } from '../support/packed.ts';

const { folder, installed } = shopProject();
const read = (path: string) => readFileSync(join(installed, path), 'utf8');

/** What a front end is: it submits, and has the element. */
const app = join(folder, 'app.js');
writeFileSync(
  app,
  `import { cacheEndpoint, createWebhook } from 'mechanic-storefront';
   import 'mechanic-storefront/element';
   globalThis.webhook = createWebhook({
     url: 'https://webhooks.mechanic.dev/00000000-0000-4000-8000-000000000001',
     result: cacheEndpoint('https://usemechanic.com/cache/00000000-0000-4000-8000-000000000002'),
   });`,
);
const out = join(folder, 'out');

/** Each makes of the app one file, as for production, and says which. */
const bundlers: { [name: string]: () => Promise<string> } = {
  async vite() {
    await vite({
      root: folder,
      configFile: false,
      logLevel: 'error',
      build: {
        outDir: out,
        emptyOutDir: false,
        modulePreload: { polyfill: false },
        rollupOptions: { input: app, output: { entryFileNames: 'vite.js' } },
      },
    });
    return 'vite.js';
  },
  async esbuild() {
    const outfile = join(out, 'esbuild.js');
    await esbuild({ entryPoints: [app], bundle: true, minify: true, platform: 'browser', outfile });
    return 'esbuild.js';
  },
  async webpack() {
    const output = { path: out, filename: 'webpack.js' };
    const compiler = webpack({ mode: 'production', context: folder, entry: app, output, performance: false });
    await new Promise<void>((done, fail) => {
      compiler?.run((error, stats) => {
        const said = stats?.toString({ all: false, errors: true, warnings: true });
        if (error || said) fail(error ?? new Error(said));
        else done();
      });
    });
    return 'webpack.js';
  },
};

/** A page without its DOM, as much of it as scripts need to be loaded and to submit. */
function page() {
  const registered: string[] = [];
  const requests: string[] = [];
  const globals = {
    ...bareGlobals,
    HTMLElement: class {},
    customElements: { get: () => undefined, define: (name: string) => registered.push(name) },
    fetch: async (request: string | Request) => {
      requests.push(typeof request === 'string' ? request : request.url);
      return new Response(null, { status: 204 });
    },
  };
  return { registered, requests, run: (code: string) => runInNewContext(code, globals) };
}

// A bundle that has one of these has something of the local Mechanic.
const marks = ['The local Mechanic was closed', 'metafieldsSet'];

test.for(Object.keys(bundlers))(
  "%s makes an app that submits and has the element, and nothing of Node's",
  async (name) => {
    const code = readFileSync(join(out, (await bundlers[name]?.()) ?? ''), 'utf8');
    const { registered, requests, run } = page();
    const { id } = await run(`${code};\nwebhook.submit({ pieces: 1 }).accepted`);
    expect(id).toMatch(/^[\da-f-]{36}$/);
    expect(requests).toEqual(['https://webhooks.mechanic.dev/00000000-0000-4000-8000-000000000001']);
    expect(registered).toEqual(['mechanic-form']);
    expect(code).not.toMatch(/node:|browser-external/);
    expect(marks.filter((mark) => code.includes(mark))).toEqual([]);
  },
);

test('the marks by which the local Mechanic is known are in its files', () => {
  const chunks = readdirSync(join(installed, 'dist/chunks')).filter((file) => file.endsWith('.js'));
  const all = chunks.map((file) => read(`dist/chunks/${file}`)).join('');
  expect(marks.filter((mark) => !all.includes(mark))).toEqual([]);
});

// The emulator is for Node; msw brings what it needs of its own.
const forPages = entries.filter((entry) => !/\/(?:emulator|msw)$/.test(entry));

test.for(forPages)(
  '%s is bundled for browsers with nothing of Node, and nothing of the local Mechanic',
  async (entry) => {
    const { outputFiles, metafile, warnings } = await esbuild({
      stdin: { contents: `export * from '${entry}';`, resolveDir: folder },
      bundle: true,
      platform: 'browser',
      format: 'esm',
      metafile: true,
      write: false,
    });
    expect(warnings).toEqual([]);
    expect(Object.keys(metafile.inputs).filter((file) => isBuiltin(file))).toEqual([]);
    const code = outputFiles.map(({ text }) => text).join('');
    expect(code.length).toBeGreaterThan(1_000);
    expect(marks.filter((mark) => code.includes(mark))).toEqual([]);
  },
);

test('require() gives what import gives, for each entry', () => {
  writeFileSync(
    join(folder, 'both.cjs'),
    `const entries = ${JSON.stringify(entries)};
     const names = (module) => Object.keys(module).filter((name) => name !== 'module.exports').sort();
     (async () => {
       const all = [];
       for (const entry of entries) all.push([entry, names(require(entry)), names(await import(entry))]);
       console.log(JSON.stringify(all));
     })();`,
  );
  const output = execFileSync(process.execPath, ['both.cjs'], { cwd: folder, encoding: 'utf8' });
  const all = JSON.parse(output) as [string, string[], string[]][];
  expect(all.map(([entry]) => entry)).toEqual(entries);
  for (const [entry, required, imported] of all) {
    expect({ entry, names: required }).toEqual({ entry, names: imported });
    expect(required.length).toBeGreaterThan(0);
  }
});

test.for(['mechanic-storefront', 'mechanic-storefront-outbox'])(
  'the script tag %s loads in a page: the SDK and its element',
  async (name) => {
    const { registered, requests, run } = page();
    run(read(`dist/${name}.min.js`));
    expect(registered).toEqual(['mechanic-form']);
    const url = 'https://webhooks.mechanic.dev/00000000-0000-4000-8000-000000000001';
    await run(`MechanicStorefront.createWebhook({ url: '${url}' }).submit({ pieces: 1 }).accepted`);
    expect(requests).toEqual([url]);
  },
);
