import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { writeReports } from '../../scripts/api.ts';

// This reads the types in dist/, which `npm test` builds first.
test('etc/ says what each entry lets users type; npm run api writes it anew', () => {
  const folder = mkdtempSync(join(tmpdir(), 'api-report-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeReports(folder);
  const files = readdirSync(folder).sort();
  expect(readdirSync('etc').sort()).toEqual(files);
  for (const file of files) {
    const text = (path: string) => readFileSync(resolve(path, file), 'utf8');
    expect(text('etc')).toContain('export ');
    expect(text('etc')).toBe(text(folder));
  }
});
