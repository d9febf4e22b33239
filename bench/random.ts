/** Random numbers from 0 to 1 that are the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The numbers from 0 to `count` - 1 in another order (Fisher and Yates). */
export function shuffled(count: number, random: () => number): number[] {
  const rest = Array.from({ length: count }, (_, n) => n);
  return rest.map((_, n) => {
    const other = n + Math.floor(random() * (count - n));
    [rest[n], rest[other]] = [rest[other] as number, rest[n] as number];
    return rest[n] as number;
  });
}

/**
 * Below which number a share `p` of the standard normal distribution lies.
 * Source: Abramowitz and Stegun, Handbook of Mathematical Functions, 26.2.23; its error is below 0.00045.
 */
export function normalQuantile(p: number): number {
  const t = Math.sqrt(-2 * Math.log(Math.min(p, 1 - p)));
  const tail =
    t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
  return p < 0.5 ? -tail : tail;
}
