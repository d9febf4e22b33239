// Loaded while time is virtual, it would keep the virtual timers.
import 'node:tls';
import FakeTimers from '@sinonjs/fake-timers';
import { type Point, pareto } from './plot.ts';
import { ours } from './schedules-ours.ts';
import { FAL, PEERS, TRIGGER } from './schedules-peers.ts';
import { CLIENTS, rowOf, SEED, titleOf, verdictsOn } from './schedules-report.ts';
import { type Figures, meanMs, simulate, type Time, WORKS, type Work } from './schedules-work.ts';
import type { Bench, Table } from './table.ts';

const NOTE =
  'Requests per run, and how long after its end a run is known to have ended. A request takes 100 ms. ' +
  'Time is virtual; the code is that of the packages, as somebody uses them who sets nothing.';

export const schedules: Bench = async ({ short }) => {
  const sdk = await import('../dist/index.js');
  // New ones for each kind of work: what browsers remember is of one kind.
  const clientsOf = () => [
    ...PEERS,
    { ...CLIENTS.cold, client: ours(sdk, { remembers: false }) },
    { ...CLIENTS.warm, client: ours(sdk, { remembers: true }) },
  ];

  async function measure(time: Time, work: Work): Promise<Table & { points: Point[] }> {
    const clients = clientsOf();
    const figures = new Map<string, Figures>();
    for (const { client, ...options } of clients) {
      figures.set(options.name, await simulate(time, client, { work, seed: SEED, ...options }));
    }
    return {
      title: titleOf(work),
      note: NOTE,
      columns: ['client', 'it asks', 'requests', 'mean delay, s', 'p95 delay, s'],
      rows: clients.map(({ name, how }) => rowOf(name, how, figures.get(name))),
      verdicts: verdictsOn(figures, { fal: FAL, trigger: TRIGGER }),
      isExact: true,
      points: clients.map(({ name }) => ({ name, ...(figures.get(name) as Figures) })),
    };
  }

  const time = FakeTimers.install({
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'],
  });
  try {
    const tables: (Table & { points: Point[] })[] = [];
    for (const work of WORKS) tables.push(await measure(time, work));
    const last = tables.at(-1);
    if (!short && last) {
      const panels = tables.map(({ points }, n) => {
        const work = WORKS[n] as Work;
        return { title: work.name, points, meanMs: meanMs(work) };
      });
      last.plot = { file: 'schedules.svg', svg: pareto(panels) };
    }
    return tables;
  } finally {
    time.uninstall();
  }
};
