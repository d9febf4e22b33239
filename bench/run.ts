import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type Bench, markdown, type Table } from './table.ts';

// npm run bench [-- --short] [-- schedules …]: measures, prints tables, and writes them and the plots into docs/.
// The short form writes nothing; it holds the figures that are the same in each run against those in the docs.

/** In the order of docs/benchmarks.md, which has a pair of markers for each. */
const BENCHES: { [name: string]: () => Promise<Bench> } = {
  schedules: async () => (await import('./schedules.ts')).schedules,
  sizes: async () => (await import('./sizes.ts')).sizes,
  'round-trips': async () => (await import('./round-trips.ts')).roundTrips,
  'start-up': async () => (await import('./start-up.ts')).startUp,
  load: async () => (await import('./load.ts')).load,
};

const docs = (file: string) => new URL(`../docs/${file}`, import.meta.url);
const read = () => readFileSync(docs('benchmarks.md'), 'utf8');

/** What stands between a bench's markers in the docs. */
function section(name: string): RegExp {
  return new RegExp(`(?<=<!-- bench ${name} -->\n).*?(?=<!-- /bench ${name} -->)`, 's');
}

function write(name: string, tables: Table[]): void {
  if (!section(name).test(read())) throw new Error(`docs/benchmarks.md has no markers for ${name}.`);
  const text = `\n${tables.map(markdown).join('\n\n')}\n\n`;
  writeFileSync(
    docs('benchmarks.md'),
    read().replace(section(name), () => text),
  );
  for (const { plot } of tables) if (plot) writeFileSync(docs(plot.file), plot.svg);
}

/** Whether the docs say what was found just now. */
function isInDocs(name: string, table: Table): boolean {
  return Boolean(section(name).exec(read())?.[0].includes(markdown(table)));
}

const { values, positionals } = parseArgs({
  options: { short: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const { short } = values;

for (const name of positionals.length ? positionals : Object.keys(BENCHES)) {
  const load = BENCHES[name];
  if (!load) throw new Error(`There is no bench ${name}; there are ${Object.keys(BENCHES).join(', ')}.`);
  const tables = await (await load())({ short });
  for (const table of tables) {
    console.log(`\n${markdown(table)}`);
    const isStale = short && table.isExact && !isInDocs(name, table);
    if (isStale)
      console.log('\n**FAIL**: docs/benchmarks.md has other figures. npm run bench writes them anew.');
    if (isStale || table.verdicts?.some(({ passed }) => !passed)) process.exitCode = 1;
  }
  if (!short) write(name, tables);
}
