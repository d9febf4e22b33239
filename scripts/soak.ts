// The SDK with its outbox, as it is by default, against the local Mechanic, over real sockets that fail at random, for a
// good while: `npm run soak -- --minutes 30 --submissions 5000 --devices 20 --seed 1`. Prints what was sent, taken, done
// and found, and whether it agrees; exits 1 when it does not.
import 'fake-indexeddb/auto';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type Run, storedFile, type Webhook } from 'mechanic-storefront';
import { createEmulator, type FaultPlace, type Faults, type Task } from 'mechanic-storefront/emulator';
import { createOutbox, createWebhook, type Outbox } from 'mechanic-storefront/outbox';
import { seeded } from '../bench/random.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '30' },
    submissions: { type: 'string', default: '5000' },
    devices: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
  },
});
const minutes = Number(values.minutes);
const submissions = Number(values.submissions);
const devices = Number(values.devices);
if (!(minutes > 0 && submissions > 0 && devices > 0))
  throw new TypeError('--minutes, --submissions and --devices are numbers above 0.');

const random = seeded(Number(values.seed));
const oneOf = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;

const webhookId = '50a4c0de-0000-4000-8000-000000000001';
const topic = 'user/soak/requested';

/** Works once for each UUID that it sees, as Mechanic's documentation has it: it remembers what it has seen in the cache. */
const task: Task = {
  name: 'Answer',
  subscriptions: [topic],
  perform_action_runs_in_sequence: true,
  *run({ event, cache }) {
    const { uuid, n } = event.data as { uuid: string; n: number };
    if (cache[uuid]) return;
    const body = { uuid, status: 'done', value: { n } };
    yield { action: { type: 'cache', options: ['set', uuid, true] } };
    const url = `https://storage.mechanic.test/storage/soak/${uuid}.json`;
    yield { action: { type: 'http', options: { method: 'put', url, body } } };
  },
};
const mechanic = createEmulator({
  webhooks: [{ id: webhookId, topic }],
  tasks: [task],
  seed: Number(values.seed),
});
const { url } = await mechanic.listen();

/** What goes wrong for the next few seconds. Now and then nothing does. */
function trouble(): Faults {
  const on = oneOf<readonly FaultPlace[]>([['webhook'], ['storage'], ['webhook', 'storage']]);
  return oneOf<Faults>([
    {},
    {},
    { on, drop: random() },
    { on, loseResponses: random() },
    { on, drop: random() / 2, loseResponses: random() / 2 },
    { on, status: oneOf([429, 500, 502, 503]), retryAfterSeconds: oneOf([0, 5, 20]) },
    { on, delayMs: oneOf([300, 3_000, 12_000]) },
  ]);
}

let sent = 0;
const bodies = new Map<string, Set<string>>();

/** The global fetch, counted. */
async function counted(address: string, init: RequestInit = {}): Promise<Response> {
  if (init.method === 'POST') {
    sent++;
    const body = String(init.body);
    const { uuid } = JSON.parse(body) as { uuid: string };
    bodies.set(uuid, (bodies.get(uuid) ?? new Set()).add(body));
  }
  return fetch(address, init);
}

interface Tab {
  device: number;
  outbox: Outbox;
  webhook: Webhook<{ n: number }>;
  gone: AbortController;
}

/** A tab with a page of the shop. The tabs of a device share one database. */
function openTab(device: number): Tab {
  const outbox = createOutbox({ name: `device-${device}`, random, fetch: counted });
  const webhook = createWebhook<{ n: number }>({
    url: `${url}/${webhookId}`,
    result: storedFile(`${url}/storage/soak/{id}.json`),
    timeoutMs: (minutes + 30) * 60_000,
    outbox,
    fetch: counted,
  });
  return { device, outbox, webhook, gone: new AbortController() };
}

interface Intent {
  n: number;
  run: Run<{ n: number }>;
  tab: Tab;
  isAccepted: boolean;
  value: number | undefined;
  error: unknown;
}

const intents: Intent[] = [];
/** Two on each device. */
const tabs = Array.from({ length: 2 * devices }, (_, n) => openTab(n >> 1));

/** A result proves that its submission arrived. So every fourth is asked for at the end alone: it needs an answer. */
let isEnd = false;

function follow(intent: Intent): void {
  const { n, run, tab } = intent;
  const isHere = () => intent.run === run;
  run.accepted.then(
    () => isHere() && Object.assign(intent, { isAccepted: true }),
    (error) => isHere() && Object.assign(intent, { error }),
  );
  if (n % 4 === 0 && !isEnd) return;
  run.result({ signal: tab.gone.signal }).then(
    ({ n }) => isHere() && Object.assign(intent, { value: n }),
    (error) => isHere() && !tab.gone.signal.aborted && Object.assign(intent, { error }),
  );
}

/** The visitor goes on to the next page: what was waited for is taken up there. */
function reload(before: Tab): void {
  before.outbox.close();
  const tab = openTab(before.device);
  tabs[tabs.indexOf(before)] = tab;
  for (const intent of intents.filter((intent) => intent.tab === before && intent.value === undefined)) {
    intent.tab = tab;
    intent.run = tab.webhook.resume(JSON.parse(JSON.stringify(intent.run)));
    follow(intent);
  }
  before.gone.abort();
}

const isOver = ({ isAccepted, value, error }: Intent) => (isAccepted && value !== undefined) || error;
const pauseMs = (minutes * 60_000) / submissions;
const began = Date.now();
let nextTrouble = 0;
let nextReload = 0;
console.log(`${submissions} submissions in ${minutes} minutes on ${devices} devices, seed ${values.seed}`);
for (let n = 0; n < submissions; n++) {
  const tab = oneOf(tabs);
  const intent: Intent = {
    ...{ n, run: tab.webhook.submit({ n }), tab },
    ...{ isAccepted: false, value: undefined, error: undefined },
  };
  intents.push(intent);
  follow(intent);
  await sleep(Math.max(0, began + (n + 1) * pauseMs - Date.now()));
  const elapsedMs = Date.now() - began;
  if (elapsedMs >= nextTrouble) {
    mechanic.faults.set(trouble());
    nextTrouble = elapsedMs + 2_000 + random() * 6_000;
  }
  if (elapsedMs >= nextReload) {
    reload(oneOf(tabs));
    // Each page is left after half a minute or so.
    nextReload = elapsedMs + (random() * 60_000) / tabs.length;
  }
  if (n % 500 === 499) console.log(`${n + 1} submitted, ${intents.filter(isOver).length} over, ${sent} sent`);
}

// The trouble is over: what is still to come comes within the longest pause.
mechanic.faults.clear();
while (Date.now() - began < minutes * 60_000 + 40_000) {
  await sleep(5_000);
  for (const { outbox } of tabs) void outbox.flush();
}
isEnd = true;
for (const intent of intents) if (intent.value === undefined) follow(intent);
for (const deadline = Date.now() + 20 * 60_000; Date.now() < deadline && !intents.every(isOver); ) {
  await sleep(5_000);
  for (const { outbox } of tabs) void outbox.flush({ parked: true });
}
await mechanic.idle();
await sleep(500);

const events = mechanic.events();
const effects = new Map<string, number>();
for (const { data, taskRuns } of events) {
  const { uuid } = data as { uuid: string };
  const worked = taskRuns
    .flatMap(({ actionRuns }) => actionRuns)
    .filter(({ type, status }) => type === 'http' && status === 'succeeded');
  effects.set(uuid, (effects.get(uuid) ?? 0) + worked.length);
}
const count = (is: (intent: Intent) => unknown) => intents.filter(is).length;
const entries = await Promise.all(tabs.map(({ outbox }) => outbox.entries()));
const counts = {
  submissions,
  'POSTs sent': sent,
  events: events.length,
  'submissions among the events': new Set(events.map(({ data }) => (data as { uuid: string }).uuid)).size,
  accepted: count(({ isAccepted }) => isAccepted),
  'worked on once': count(({ run }) => effects.get(run.id) === 1),
  'sent with the same bytes': count(({ run }) => bodies.get(run.id)?.size === 1),
  'results, each its own': count(({ n, value }) => n === value),
  errors: count(({ error }) => error),
  'records left': new Set(entries.flat().map(({ id }) => id)).size,
};
console.table(counts);
const agree =
  [
    'submissions among the events',
    'accepted',
    'worked on once',
    'sent with the same bytes',
    'results, each its own',
  ].every((name) => counts[name as keyof typeof counts] === submissions) &&
  sent >= events.length &&
  !counts.errors &&
  !counts['records left'];
console.log(agree ? 'They agree.' : 'They do NOT agree.');
for (const { run, error } of intents.filter(({ error }) => error).slice(0, 5)) console.log(run.id, error);
for (const { outbox, gone } of tabs) {
  outbox.close();
  gone.abort();
}
await mechanic.close();
process.exit(agree ? 0 : 1);
