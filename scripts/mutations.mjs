/**
 * Turns off, one by one, what keeps submissions from being lost or doubled, in a copy of the project, and prints which
 * tests notice. Ends with 1 if one is turned off and no test fails: `npm run mutations`.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What is turned off; where; the text that does it, and what takes its place; and who should notice. */
const MUTATIONS = [
  {
    name: 'lease: a record that is being sent counts as due',
    file: 'src/outbox/transitions.ts',
    from: "if (state === 'sending') return Math.max(lease?.until ?? 0, notBefore);",
    to: "if (state === 'sending') return now;",
    tests: 'test/sdk/outbox test/model',
  },
  {
    name: 'lease: whoever sends leaves no sign of it',
    file: 'src/outbox/transitions.ts',
    from: "state: 'sending',\n  attempts",
    to: "state: 'queued',\n  attempts",
    tests: 'test/sdk/outbox test/model',
  },
  {
    name: 'lease: a tab whose lease has ended concludes all the same',
    file: 'src/outbox/courier.ts',
    from: 'record.lease?.holder !== lease?.holder',
    to: 'false',
    tests: 'test/sdk/outbox test/model',
  },
  {
    name: 'byte-identity: a repeat has other bytes',
    file: 'src/submission.ts',
    from: 'const { id, body, contentType } = encoded;',
    to: "const { id, contentType } = encoded; const body = encoded.body + ' '.repeat(Math.random() * 99);",
    tests: 'test/sdk/outbox test/sdk/submit test/model',
  },
  {
    name: 'byte-identity: the next page sends a body of its own',
    file: 'src/outbox/courier.ts',
    from: "body: body ?? ''",
    to: "body: body + ' '",
    tests: 'test/sdk/outbox test/model',
  },
  {
    name: 'settled latch: a run that has its result asks again',
    file: 'src/run.ts',
    from: 'if (this.#settled) return this.#settled;',
    to: '',
    tests: 'test/sdk/run.test.ts test/sdk/resume test/model',
  },
  {
    name: 'UUID match: any value in the place of the result counts',
    file: 'src/record.ts',
    from: "if (fields['uuid'] === id) return interpret(published);",
    to: 'return interpret(published);',
    tests: 'test/sdk/result-record.test.ts test/sdk/cache-endpoint test/model',
  },
  {
    name: "UUID match: another run's record in its own place counts",
    file: 'src/record.ts',
    from: 'return uuid === id ? interpret(published) : PENDING;',
    to: 'return interpret(published);',
    tests: 'test/sdk/result-record.test.ts test/sdk/stored-file.test.ts test/model',
  },
  {
    name: 'final look: the wait ends at its deadline without one',
    file: 'src/polling/poll.ts',
    from: 'const isLast = now() >= deadline;',
    to: 'const isLast = now() >= deadline; if (isLast) throw timeout();',
    tests: 'test/sdk/poll test/model',
  },
];

const MOST_SHOWN = 5;

const root = fileURLToPath(new URL('..', import.meta.url));
const copy = mkdtempSync(join(tmpdir(), 'mutations-'));
/** The tests of the SDK and the model, with the ky that is shipped, and no browsers. */
const config = {
  resolve: {
    alias: {
      'mechanic-storefront/outbox': join(copy, 'src/outbox/index.ts'),
      'mechanic-storefront/emulator': join(copy, 'src/emulator/index.ts'),
      'mechanic-storefront/msw': join(copy, 'src/msw/index.ts'),
      'mechanic-storefront': join(copy, 'src/index.ts'),
    },
  },
  test: {
    include: ['test/{sdk,model}/**/*.test.ts'],
    testTimeout: 5_000,
    server: { deps: { inline: ['ky'] } },
  },
};
let survivors = 0;
try {
  for (const part of ['src', 'test', 'demo', 'scripts', 'package.json', 'tsconfig.json'])
    cpSync(join(root, part), join(copy, part), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  writeFileSync(
    join(copy, 'vitest.config.mjs'),
    `import { leanKy } from './scripts/lean-ky.ts';
    export default { plugins: [leanKy()], ...${JSON.stringify(config)} };`,
  );
  // A test that fails anyway would notice everything.
  const failing = failures([...new Set(MUTATIONS.flatMap(({ tests }) => tests.split(' ')))]);
  if (failing.length) throw new Error(`without a mutation these fail already:\n${failing.join('\n')}`);
  for (const { name, file, from, to, tests } of MUTATIONS) {
    const path = join(copy, file);
    const whole = readFileSync(path, 'utf8');
    if (whole.split(from).length !== 2) throw new Error(`${file} does not hold this once: ${from}`);
    writeFileSync(
      path,
      whole.replace(from, () => to),
    );
    const failed = failures(tests.split(' '));
    writeFileSync(path, whole);
    if (!failed.length) survivors++;
    console.log(`\n${failed.length ? 'noticed' : 'SURVIVED'}  ${name}`);
    for (const title of failed.slice(0, MOST_SHOWN)) console.log(`    ${title}`);
    if (failed.length > MOST_SHOWN) console.log(`    and ${failed.length - MOST_SHOWN} more`);
  }
} finally {
  rmSync(copy, { recursive: true, force: true });
}
console.log(`\n${MUTATIONS.length} mutations, ${survivors} survived`);
process.exitCode = survivors ? 1 : 0;

/** The titles of the tests that fail now. A file that does not even run says nothing about the mutation. */
function failures(filters) {
  const report = join(copy, 'report.json');
  const how = ['run', '--reporter', 'json', '--outputFile', report];
  rmSync(report, { force: true });
  const { stderr, stdout } = spawnSync(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', ...how, ...filters],
    {
      cwd: copy,
      encoding: 'utf8',
    },
  );
  if (!existsSync(report)) throw new Error(`the tests did not run:\n${stdout}${stderr}`);
  return JSON.parse(readFileSync(report, 'utf8')).testResults.flatMap(
    ({ name, message, assertionResults }) => {
      if (!assertionResults.length) throw new Error(`${name}: ${message}`);
      return assertionResults
        .filter(({ status }) => status === 'failed')
        .map(({ fullName }) => fullName.trim());
    },
  );
}
