import { runRows } from '../test/support/faults/run.ts';
import { rows } from '../test/support/faults/rows.ts';
const [engine, ...parts] = process.argv.slice(2);
const chosen = rows.filter(({ name }) => !parts.length || parts.some((part) => name.includes(part)));
const began = Date.now();
await runRows(engine as never, chosen, ({ row, column, found, breaches }) => {
  console.log(((Date.now() - began) / 1000).toFixed(1), row.name, '|', column, '|', JSON.stringify(found), breaches.length ? `\n   BROKEN ${breaches.join('; ')}` : '');
});
