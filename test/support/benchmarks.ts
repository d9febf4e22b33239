import { readFileSync } from 'node:fs';

/** The rows of the first table that a bench has written into the docs, by the first cell of each. */
export function documentedRows(bench: string): { [name: string]: string[] } {
  const docs = readFileSync(new URL('../../docs/benchmarks.md', import.meta.url), 'utf8');
  const [, section = ''] = docs.split(new RegExp(`<!-- /?bench ${bench} -->`));
  const [, table = ''] = section.split('### ');
  const rows = table.split('\n').filter((line) => line.startsWith('| '));
  const cellsOf = (row: string) => row.split('|').slice(1, -1);
  return Object.fromEntries(
    rows.map((row) => {
      const [name = '', ...cells] = cellsOf(row).map((cell) => cell.trim());
      return [name, cells];
    }),
  );
}
