import fc from 'fast-check';
import { expect, inject, test } from 'vitest';
import { type Target, targets } from './fuzz-targets.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** How many times more cases than in the ordinary tests, and the seed, if it is given. */
    fuzz: { factor: number; seed: number | null };
  }
  interface TaskMeta {
    /** How many cases a target was given. */
    cases?: number;
  }
}

/** Far more than any case takes, also on a machine that is busy; what takes longer grows with its input as it should not. */
const PATIENCE_MS = 10_000;

/** Everything that a careless reader of hostile keys would change. */
const prototypes = [Object, Array, String, Number, Boolean, Function, Map, Promise].map(
  (builtIn) => builtIn.prototype as object,
);
const shapeOf = (object: object) =>
  JSON.stringify(
    Object.entries(Object.getOwnPropertyDescriptors(object)).map(([key, value]) => [key, typeof value.value]),
  );

/**
 * A test that gives hostile input to one target, case by case. Whatever a case does, it ends, and leaves the built-in
 * prototypes as they are.
 */
export function fuzz<T>(target: Target, input: fc.Arbitrary<T>, attack: (input: T) => Promise<void>): void {
  const { factor, seed } = inject('fuzz');
  const numRuns = Math.ceil(targets[target] * factor);
  test(
    `hostile input: ${target}`,
    async ({ task }) => {
      task.meta.cases = numRuns;
      const before = prototypes.map(shapeOf);
      const keys = prototypes.map((prototype) => Reflect.ownKeys(prototype).length);
      await fc.assert(
        fc.asyncProperty(input, async (input) => {
          const began = performance.now();
          await attack(input);
          expect(performance.now() - began).toBeLessThan(PATIENCE_MS);
          expect(prototypes.map((prototype) => Reflect.ownKeys(prototype).length)).toEqual(keys);
          expect(Object.getPrototypeOf(Object.prototype)).toBe(null);
        }),
        { numRuns, timeout: PATIENCE_MS, ...(seed !== null && { seed }) },
      );
      expect(prototypes.map(shapeOf)).toEqual(before);
    },
    // As long as the cases need: what does not end is told by the limit of each case.
    60_000 * Math.max(1, factor),
  );
}
