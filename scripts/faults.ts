// What becomes of a submission when something goes wrong: `npm run faults [-- --engine firefox] [-- part of a name …]`
// goes through the rows of docs/faults.md in real browsers, prints what was found, and writes it there. Exits 1 when
// a promise was broken. Of some rows or engines alone, it writes nothing.
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type EngineName, engineNames } from '../test/support/engines.ts';
import { rows } from '../test/support/faults/rows.ts';
import { type Cell, runRows } from '../test/support/faults/run.ts';
import { table } from '../test/support/faults/table.ts';

const { values, positionals } = parseArgs({
  options: { engine: { type: 'string', multiple: true } },
  allowPositionals: true,
});
const engines = (values.engine ?? engineNames) as readonly EngineName[];
const wrong = engines.find((name) => !engineNames.includes(name));
if (wrong) throw new TypeError(`There is no engine ${wrong}; there are ${engineNames.join(', ')}.`);
const chosen = rows.filter(
  ({ name }) => !positionals.length || positionals.some((part) => name.includes(part)),
);
if (!chosen.length) throw new TypeError(`No row has ${positionals.join(' or ')} in its name.`);

/** One line each, since they take minutes. */
function tell({ row, column, engine, found, breaches }: Cell): void {
  const { sees, taken, worked } = found ?? {};
  console.log(`${engine}, ${column}, ${row.name}: ${sees}, taken ${taken}, worked ${worked}`);
  for (const breach of breaches) console.log(`  **BROKEN** ${breach}`);
}

const cells = (await Promise.all(engines.map((name) => runRows(name, chosen, tell)))).flat();
const text = table(chosen, cells);
console.log(`\n${text}\n`);
const broken = cells.filter(({ breaches }) => breaches.length);
for (const { row, column, engine, breaches } of broken) {
  console.log(`**BROKEN** ${engine}, ${column}, ${row.name}: ${breaches.join('; ')}`);
}
console.log(`${cells.length} cells, ${broken.length} broken promises`);
if (broken.length) process.exitCode = 1;
else if (cells.length === rows.length * 2 * engineNames.length) {
  const docs = new URL('../docs/faults.md', import.meta.url);
  const section = /(?<=<!-- faults -->\n).*?(?=<!-- \/faults -->)/s;
  writeFileSync(
    docs,
    readFileSync(docs, 'utf8').replace(section, () => `\n${text}\n\n`),
  );
}
