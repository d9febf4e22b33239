import { show } from './expect.js';
import { scenarios } from './scenario.js';
import './scenarios/index.js';
import { createTable } from './table.js';
import { sdk, tidy } from './tools.js';

const LIMIT_MS = 20_000;

const only = new URLSearchParams(location.search).get('only') ?? '';
const chosen = scenarios.filter(({ room, fact }) =>
  `${room} ${fact}`.toLowerCase().includes(only.toLowerCase()),
);

/**
 * Goes through the scenarios, one after another.
 * @returns what `window.conformance` promises: `{ userAgent, passed, failed, scenarios }`
 */
export async function start() {
  if (!sdk) throw new Error('The script tag is not built: npm run build.');
  const table = createTable(chosen, only, () => location.reload());
  const startedAt = performance.now();
  const outcomes = [];
  for (const [index, { room, fact, run }] of chosen.entries()) {
    table.running(index);
    const outcome = { room, fact, ...(await outcomeOf(run)) };
    outcomes.push(outcome);
    table.done(index, outcome);
  }
  const failed = outcomes.filter(({ error }) => error !== null).length;
  const passed = outcomes.length - failed;
  const outcome = { userAgent: navigator.userAgent, passed, failed, scenarios: outcomes };
  table.finished(outcome, performance.now() - startedAt);
  return outcome;
}

/** Goes through one scenario, and then leaves no trace of it. */
async function outcomeOf(run) {
  const startedAt = performance.now();
  const strays = [];
  const stray = (event) => strays.push(event.reason ?? event.error ?? event.message);
  addEventListener('error', stray);
  addEventListener('unhandledrejection', stray);
  let error = null;
  let timer;
  const limit = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`It is not over after ${LIMIT_MS} ms.`)), LIMIT_MS);
  });
  try {
    await Promise.race([run(), limit]);
    // Rejections that nobody handles are told of in a task of their own.
    await new Promise((resolve) => setTimeout(resolve));
    if (strays.length > 0) throw new Error(`Nobody handled ${strays.map(show).join(', ')}`);
  } catch (reason) {
    error = show(reason);
  }
  const ms = Math.round(performance.now() - startedAt);
  clearTimeout(timer);
  removeEventListener('error', stray);
  removeEventListener('unhandledrejection', stray);
  await tidy();
  return { ms, error };
}
