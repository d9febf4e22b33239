// Gives hostile input to everything that reads any: `npm run fuzz -- --runs 1000000 --seed 7 --target "a stored file"`.
// The tests themselves run some ten thousand of these cases each time.
import { parseArgs } from 'node:util';
import type { TestCase } from 'vitest/node';
import { startVitest } from 'vitest/node';
import { targets } from '../test/support/fuzz-targets.ts';

const { values } = parseArgs({
  options: { runs: { type: 'string' }, seed: { type: 'string' }, target: { type: 'string' } },
});
const runs = Number(values.runs ?? process.env['FUZZ_RUNS'] ?? 1_000_000);
const seed = Number(values.seed ?? process.env['FUZZ_SEED'] ?? Date.now() % 2 ** 31);
if (!(runs > 0 && Number.isInteger(seed)))
  throw new TypeError('--runs is a number above 0, --seed an integer.');

const chosen = Object.entries(targets).filter(([name]) => name.includes(values.target ?? ''));
if (!chosen.length) throw new TypeError(`--target is a part of one of: ${Object.keys(targets).join(', ')}.`);
const ordinary = chosen.reduce((sum, [, cases]) => sum + cases, 0);
process.env['FUZZ_FACTOR'] = String(runs / ordinary);
process.env['FUZZ_SEED'] = String(seed);

console.log(`seed ${seed}, ${runs} cases`);
const vitest = await startVitest('test', ['fuzz'], {
  watch: false,
  project: ['node', 'chromium'],
  testNamePattern: `^ ?hostile input: .*${values.target ?? ''}`,
  reporters: [{}],
});

const isTarget = ({ name }: TestCase) => name.startsWith('hostile input: ');
const tests = vitest.state
  .getTestModules()
  .flatMap((module) => [...module.children.allTests()])
  .filter((test) => isTarget(test) && test.result().state !== 'skipped');
let cases = 0;
let isWhole = tests.length === chosen.length;
for (const test of tests) {
  const { state, errors } = test.result();
  const own = test.meta().cases ?? 0;
  console.log(
    `${state === 'passed' ? 'ok    ' : 'FAILED'} ${String(own).padStart(8)}  ${test.name.slice(15)}`,
  );
  // The message has the counterexample, and the seed and path with which it comes again.
  for (const { message, cause } of errors ?? [])
    console.log(`${message}\n${(cause as Error | undefined)?.message ?? ''}`);
  cases += own;
  isWhole &&= state === 'passed';
}
for (const error of vitest.state.getUnhandledErrors()) console.log(error);
isWhole &&= !vitest.state.getUnhandledErrors().length;
console.log(
  `${isWhole ? 'ok    ' : 'FAILED'} ${String(cases).padStart(8)}  ${tests.length} of ${chosen.length} targets, seed ${seed}`,
);
await vitest.close();
process.exit(isWhole ? 0 : 1);
