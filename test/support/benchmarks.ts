import { readFileSync } from 'node:fs';

/** The rows of the tables that a bench has written into the docs, by the first cell of each. */
export function documentedRows(bench: string): { [name: string]: string[] } {
  const docs = readFileSync(new URL('../../docs/benchmarks.md', import.meta.url), 'utf8');
  const [, section = ''] = docs.split(new RegExp(`<!-- /?bench ${bench} -->`));
  const rows = section.split('\n').filter((line) => line.startsWith('| '));
  return Object.fromEntries(
    rows.map((row) => {
      const [name = '', ...cells] = row
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim());
      return [name, cells];
    }),
  );
}
