import fc from 'fast-check';
import type { Page } from './page.ts';
import { faults } from './server.ts';
import type { World } from './world.ts';

type Command = fc.AsyncCommand<object, World>;

/** A step, with its name as a counterexample prints it. */
const step = (name: string, run: (world: World) => unknown): Command => ({
  check: () => true,
  async run(_, world) {
    await run(world);
    // A moment, in which what was begun goes on its way.
    await world.time.pass(1);
  },
  toString: () => name,
});

/** A step of one of the pages that live. */
const stepOf = (name: string, run: (world: World, page: Page) => unknown) =>
  fc.nat(2).map((which) =>
    step(`${name} (${which})`, (world) => {
      const page = world.alive[which % Math.max(1, world.alive.length)];
      return page && run(world, page);
    }),
  );

const steps = (name: string, run: (world: World, n: number) => unknown) =>
  fc.nat(5).map((n) => step(`${name} (${n})`, (world) => run(world, n)));

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

const submit = stepOf('submit', (world, page) => world.submit(page));
const passing = fc
  .constantFrom(3, 50, 90, 700, 5_000, 11_000, 31_000, 65_000, 10 * MINUTE_MS, 2 * HOUR_MS, 25 * HOUR_MS)
  .map((ms) => step(`pass ${ms} ms`, (world) => world.time.pass(ms)));
const fault = fc
  .constantFrom(...faults)
  .map((fault) => step(`requests: ${fault}`, (world) => Object.assign(world.server, { fault })));

/** What can happen to a shopper, in any order. The first ones are what most stories are made of. */
export const commands: fc.Arbitrary<Command>[] = [
  submit,
  submit,
  passing,
  passing,
  passing,
  fault,
  fault,
  stepOf('kill', (world, page) => world.kill(page)),
  stepOf('reload', (world, page) => {
    world.kill(page);
    world.open(page.tab);
  }),
  fc.constant(step('open another tab', (world) => world.alive.length < 3 && world.open())),
  fc.boolean().map((isOnline) => step(isOnline ? 'online' : 'offline', (world) => world.setOnline(isOnline))),
  stepOf('hide or show', (world, page) => world.wake(page, 'visibilitychange')),
  stepOf('back from the back/forward cache', (world, page) => world.wake(page, 'restored')),
  fc.constantFrom(MINUTE_MS, HOUR_MS).map((ms) =>
    step(`clock set back by ${ms} ms`, (world) => {
      world.jumps.push(world.time.now);
      world.time.offset -= ms;
    }),
  ),
  fc.constantFrom(20_000, 10 * MINUTE_MS).map((ms) =>
    step(`sleep for ${ms} ms`, async (world) => {
      await world.time.sleep(ms);
      world.jumps.push(world.time.now);
    }),
  ),
  steps('abort', (world, n) => {
    const intent = world.intents.at(-1 - n);
    if (intent) world.abort(intent);
  }),
  steps('ask for a result again', (world, n) => {
    const wait = world.waits.at(-1 - n);
    if (wait?.page.isAlive && wait.outcome === 'value') world.askAgain(wait);
  }),
  stepOf('give the latest up', (world, page) => {
    const intent = world.intents.at(-1);
    if (intent) world.discard(intent, page);
  }),
  stepOf('log out', (world, page) => world.clear(page)),
  stepOf('flush', (_, page) => void page.outbox?.flush()),
];
