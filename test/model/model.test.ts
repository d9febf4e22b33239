import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { type Globals, type Sdk, sdkLoader } from './bundle.ts';
import { commands } from './commands.ts';
import { calm, expectNothingLeft, expectPromisesKept } from './invariants.ts';
import { type Setup, World } from './world.ts';

let load: (globals: Globals) => Sdk;
beforeAll(async () => {
  load = await sdkLoader();
});

/** `MODEL_RUNS=50000` for a night. A failure prints the other three, with which it comes again. */
const {
  MODEL_RUNS: numRuns = 1_000,
  MODEL_SEED: seed,
  MODEL_PATH: path,
  MODEL_REPLAY_PATH: replayPath,
} = process.env;

const common = {
  taskMs: fc.constantFrom(10, 3_000, 30_000, 300_000),
  isMap: fc.boolean(),
};

async function live(setup: Setup, story: Iterable<fc.AsyncCommand<object, World>>): Promise<void> {
  const unhandled: unknown[] = [];
  const note = (reason: unknown) => void unhandled.push(reason);
  process.on('unhandledRejection', note);
  try {
    const world = new World(setup, load);
    await fc.asyncModelRun(() => ({ model: {}, real: world }), story);
    await calm(world);
    expectPromisesKept(world);
    await expectNothingLeft(world);
    expect(unhandled).toEqual([]);
  } finally {
    process.off('unhandledRejection', note);
  }
}

test.each<[string, fc.Arbitrary<Setup>]>([
  [
    'with an outbox every submission arrives, is worked on once, and is over when it is over',
    fc.record({
      outbox: fc.constant(true),
      idempotent: fc.constant(false),
      atomic: fc.boolean(),
      disk: fc.constantFrom('sound', 'sound', 'sound', 'sound', 'blocked', 'silent', 'full'),
      ...common,
    }),
  ],
  [
    'without an outbox no submission is sent again without leave, and every wait ends',
    fc.record({
      outbox: fc.constant(false),
      idempotent: fc.boolean(),
      atomic: fc.constant(false),
      disk: fc.constant('sound'),
      ...common,
    }),
  ],
])(
  'whatever happens, %s',
  async (_, setups) => {
    const replayed = { ...(seed && { seed: Number(seed) }), ...(path && { path }) };
    await fc.assert(
      fc.asyncProperty(
        setups,
        fc.commands(commands, { maxCommands: 30, ...(replayPath && { replayPath }) }),
        live,
      ),
      { numRuns: Number(numRuns), ...replayed },
    );
  },
  600_000,
);
