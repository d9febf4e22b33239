import { expect } from 'vitest';
import { LOOK_EVERY_MS, type Page, TIMEOUT_MS } from './page.ts';
import type { Sent } from './server.ts';
import type { Intent, World } from './world.ts';

const HOUR_MS = 3_600_000;
/** Storage takes a moment, and another tab may have begun in it. */
const MOMENT_MS = 1_500;
/** Shorter than any lease, and than any pause after an attempt without an answer. */
const LEAST_PAUSE_MS = { slow: 19_000, atomic: 1_900 };

/** The trouble ends, somebody looks, and there is plenty of time: what is to come has come then. */
export async function calm(world: World): Promise<void> {
  const { time, server } = world;
  server.fault = 'none';
  const day = 23 * HOUR_MS;
  for (const intent of world.intents) if (time.now - intent.at > day) intent.excuse ??= 'expired';
  world.setOnline(true);
  if (!world.alive.length) world.open();
  for (const page of world.alive) if (page.isHidden) world.wake(page, 'visibilitychange');
  await time.pass(HOUR_MS / 2);
  world.asked.push(time.now);
  for (const { outbox } of world.alive) void outbox?.flush({ parked: true });
  await time.pass(HOUR_MS / 2);
}

/** Ends everything, and sees that nothing is left. */
export async function expectNothingLeft(world: World): Promise<void> {
  const { time, server, disk } = world;
  for (const { page, intent, accepted, outcome } of world.waits.filter(({ page }) => page.isAlive)) {
    expect([intent.n, typeof accepted, typeof outcome]).toEqual([intent.n, 'string', 'string']);
    expect(page.waiting).toBe(0);
  }
  const before = server.sent.length;
  // Records of what is over go a day later.
  await time.pass(26 * HOUR_MS);
  for (const { outbox } of world.alive) void outbox?.flush();
  await time.pass(HOUR_MS);
  for (const { outbox } of world.alive) void outbox?.flush();
  await time.pass(HOUR_MS);
  expect(server.sent.slice(before)).toEqual([]);
  expect([...disk.records.values()].map(({ state }) => state)).toEqual([]);
  for (const page of world.alive) {
    page.outbox?.close();
    expect([time.waiting(page), page.listeners]).toEqual([0, 0]);
    for (const type of ['online', 'visibilitychange']) page.tell(type);
  }
  await time.pass(HOUR_MS);
  expect(server.sent.slice(before)).toEqual([]);
}

/** What holds of every story, at its end. */
export function expectPromisesKept(world: World): void {
  expect(world.problems).toEqual([]);
  for (const intent of world.intents) {
    const posts = world.server.sent.filter(({ method, uuid }) => method === 'POST' && uuid === intent.uuid);
    expectSame(intent, posts, world.server.sent);
    if (world.setup.outbox) expectPaced(world, intent, posts);
    else expectNotRepeated(world, posts);
    expectOver(world, intent, posts);
    expectArrived(world, intent);
  }
  for (const page of world.pages) expectFewLooks(world, page);
  expectLastLooks(world);
}

/** One UUID a submission, one submission a UUID, and the same bytes each time. */
function expectSame({ n, uuid }: Intent, posts: Sent[], all: Sent[]): void {
  expect(new Set(posts.map(({ bytes }) => bytes)).size).toBeLessThan(2);
  const own = all.filter(({ method, body }) => method === 'POST' && JSON.parse(body).n === n);
  expect(own.filter((sent) => sent.uuid !== uuid)).toEqual([]);
}

/** Without an outbox a submission is repeated only when it was refused for now, or with leave and without an answer. */
function expectNotRepeated({ setup }: World, posts: Sent[]): void {
  posts.slice(0, -1).forEach(({ answer }) => {
    const isAllowed =
      answer === 429 || answer === 503 || (setup.idempotent && (answer ?? 'no response') === 'no response');
    expect([answer, isAllowed]).toEqual([answer, true]);
  });
  expect(posts.length).toBeLessThan(4);
}

/** With an outbox one tab sends at a time, not too soon again, and not what a page knows to have arrived. */
function expectPaced({ asked, setup }: World, { n }: Intent, posts: Sent[]): void {
  const leastMs = setup.atomic ? LEAST_PAUSE_MS.atomic : LEAST_PAUSE_MS.slow;
  posts.slice(1).forEach((post, index) => {
    const before = posts[index] as Sent;
    const isAsked = asked.some((at) => Math.abs(post.at - at) < MOMENT_MS);
    if (!isAsked) expect([n, post.at - before.at >= leastMs]).toEqual([n, true]);
    const { answer, endedAt = 0, page } = before;
    // A device that slept lets a lease end in the moment in which its holder gets the answer.
    const isKnown = answer === 204 && page.diedAt - endedAt > MOMENT_MS && post.at - endedAt > MOMENT_MS;
    if (isKnown) expect([n, 'sent again after it was accepted']).toEqual([n, 'not']);
  });
  expect(posts.length).toBeLessThan(12 * (1 + asked.length) + 1);
}

/** After its result, an abort or a logout, nothing of it is sent, where storage can tell the other pages. */
function expectOver({ setup }: World, { n, overAt = Number.POSITIVE_INFINITY }: Intent, posts: Sent[]): void {
  if (setup.outbox && setup.disk !== 'sound') return;
  const late = posts.filter(({ at }) => at > overAt + MOMENT_MS).map(({ at }) => at - overAt);
  expect([n, late]).toEqual([n, []]);
}

/** What was promised has arrived, and its work was done once. */
function expectArrived({ setup, server }: World, { n, excuse }: Intent): void {
  const effects = server.effects.get(n) ?? 0;
  expect([n, effects > 1]).toEqual([n, false]);
  if (setup.outbox && !excuse) expect([n, effects]).toEqual([n, 1]);
}

/** Looks keep to the schedule, whatever wakes the page. */
function expectFewLooks({ server, waits, jumps }: World, page: Page): void {
  const own = waits.filter((wait) => wait.page === page).length;
  // A clock that is set back before the first look lets a wait begin anew.
  const longest = (TIMEOUT_MS / LOOK_EVERY_MS) * (jumps.length ? 2 : 1);
  const most = own * (longest + 3 + page.wakes);
  expect(
    server.sent.filter((sent) => sent.page === page && sent.method === 'GET').length,
  ).toBeLessThanOrEqual(most);
  expect(page.idleLooks).toBe(0);
}

/** A wait that gave up has looked at its end. */
function expectLastLooks({ waits, server, jumps }: World): void {
  for (const { page, outcome, settledAt = 0, intent, at } of waits) {
    // A resumed wait has the deadline of the first page; a clock that was changed, another.
    if (outcome !== 'timeout' || jumps.length || page !== intent.page) continue;
    const isLast = (sent: Sent) =>
      sent.page === page &&
      sent.method === 'GET' &&
      (sent.endedAt ?? sent.at + 10_000) >= at + TIMEOUT_MS - 300;
    expect([intent.n, settledAt - at >= TIMEOUT_MS, server.sent.some(isLast)]).toEqual([
      intent.n,
      true,
      true,
    ]);
  }
}
