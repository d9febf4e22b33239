import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ourBuilds, SCRIPT_TAG, SMALLEST } from '../../bench/builds.ts';
import { bundled, kilobytes, sizesOf } from '../../bench/bundle.ts';
import { documentedRows } from '../support/benchmarks.ts';

// These bundle what is in dist/, which `npm test` builds first.
const builds = await ourBuilds();
const weigh = (name: string) => sizesOf(builds[name] ?? '');
const imported = (source: string) => builds[`\`createWebhook\`, \`${source}\``] ?? '';

/** What the builds may weigh in gzip, bytes. */
const budgets = { [SMALLEST]: 12_500, [SCRIPT_TAG]: 15_000 };

test('the smallest import and the script tag are within their budgets', () => {
  for (const [name, bytes] of Object.entries(budgets)) {
    expect(weigh(name).gzip).toBeGreaterThan(1_000);
    expect(weigh(name).gzip).toBeLessThanOrEqual(bytes);
  }
});

test('an import has no source but the one that it names', () => {
  const marks = {
    cacheEndpoint: '/cache/<uuid>.',
    storedFile: '{requestId}',
    renderedMetafield: 'DOMParser',
  };
  for (const [source, mark] of Object.entries(marks)) {
    const others = Object.values(marks).filter((other) => other !== mark);
    expect(imported(source)).toContain(mark);
    expect(others.filter((other) => imported(source).includes(other))).toEqual([]);
  }
  expect(builds['`poll` alone']).not.toContain('POST');
});

test('an import of the error class alone brings nothing else', async () => {
  const code = await bundled("export { MechanicError } from '../dist/index.js'");
  expect(code.match(/\b(?:class|function|const|let|new)\b/g)).toEqual(['class']);
});

test('of packages the builds have what they use: the time limit of ky, and v4 of uuid', () => {
  const map = new URL('../../dist/mechanic-storefront.min.js.map', import.meta.url);
  const { sources } = JSON.parse(readFileSync(map, 'utf8')) as { sources: string[] };
  const used = sources.map((file) => file.split('node_modules/')[1]).filter((file) => file);
  expect(used.sort()).toEqual([
    'ky/distribution/errors/KyError.js',
    'ky/distribution/errors/TimeoutError.js',
    'ky/distribution/utils/timeout.js',
    // … and the branch of its v4 that stands in for the module.
    'uuid/dist/rng.js',
    'uuid/dist/stringify.js',
  ]);
});

test('the docs and the README say what the builds weigh', () => {
  const documented = documentedRows('sizes');
  for (const name of Object.keys(builds)) {
    const { min, gzip, brotli } = weigh(name);
    expect([name, ...(documented[name] ?? [])]).toEqual([name, ...[min, gzip, brotli].map(kilobytes)]);
  }
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const [told = ''] = /^- .*in gzip.*$/m.exec(readme) ?? [];
  const figures = [...told.matchAll(/([\d.]+) kB/g)].map(([, figure]) => figure);
  expect(figures).toEqual([SCRIPT_TAG, SMALLEST].map((name) => kilobytes(weigh(name).gzip)));
});
