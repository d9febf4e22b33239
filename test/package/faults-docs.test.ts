import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { rows } from '../support/faults/rows.ts';
import { sights } from '../support/faults/sights.ts';

const docs = readFileSync(new URL('../../docs/faults.md', import.meta.url), 'utf8');
const [, section = ''] = docs.split(/<!-- \/?faults -->/);
const [table = '', , legend = ''] = section.trim().split('\n\n');
const firstCells = (table: string) =>
  table
    .split('\n')
    .slice(2)
    .map((line) => line.split(' | ')[0]?.replace('| ', ''));

test("the docs' table of faults has the rows that are gone through, each once", () => {
  expect(firstCells(table)).toEqual(rows.map(({ name }) => name));
  expect(new Set(rows.map(({ name }) => name)).size).toBe(rows.length);
});

test('the docs name all that a shopper can see', () => {
  expect(firstCells(legend)).toEqual(Object.values(sights));
});
