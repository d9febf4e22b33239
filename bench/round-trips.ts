import { generate } from 'selfsigned';
import { type FirstSubmission, visitors, WAYS } from './first-submission.ts';
import { median } from './median.ts';
import type { Bench } from './table.ts';

const ROUND_TRIP_MS = 100;

const NAMES = {
  form: '`form`',
  multipart: '`multipart`',
  text: '`text`',
  json: '`json`',
  fetch: 'plain `fetch` of JSON',
};

const isPreflight = (request: string) => request.startsWith('OPTIONS');
export const preflights = (requests: string[]) => requests.filter(isPreflight).length;

/** How many requests a first submission is, and how long it takes, counted and measured in Chromium. */
export const roundTrips: Bench = async ({ short }) => {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'shop.test' }]);
  const chromium = await visitors(ROUND_TRIP_MS, { key, cert });
  const times = short ? 1 : 11;
  const counts: string[][] = [];
  const waits: string[][] = [];
  const found = new Map<string, FirstSubmission>();
  try {
    for (const way of WAYS) {
      const cold: number[] = [];
      const connected: number[] = [];
      for (let n = 0; n < times; n++) {
        const first = await chromium.submit(way);
        found.set(way, first);
        cold.push(first.ms);
        connected.push((await chromium.submit(way, true)).ms);
      }
      const { submitting = [], looking = [] } = found.get(way) ?? {};
      const looks = way === 'fetch' ? ['–', '–'] : [`${looking.length}`, `${preflights(looking)}`];
      counts.push([NAMES[way], `${submitting.length}`, `${preflights(submitting)}`, ...looks]);
      waits.push([NAMES[way], ...[cold, connected].map((list) => median(list).toFixed(0))]);
    }
  } finally {
    chromium.close();
  }
  const requests = (way: string) => found.get(way)?.submitting.length;
  return [
    {
      title: 'Requests of a first submission to another origin',
      note: 'Counted at the server, with a result that is there at the first look.',
      columns: ['submission', 'requests', 'of them preflights', 'requests of a look', 'of them preflights'],
      rows: counts,
      verdicts: [
        {
          what: '`form`, `multipart` and `text` are one request',
          passed: ['form', 'multipart', 'text'].every((way) => requests(way) === 1),
        },
        { what: '`json` is two', passed: requests('json') === 2 },
        {
          what: 'a look is one request, and never has a preflight',
          passed: [...found].every(
            ([way, { looking }]) => way === 'fetch' || looking.join() === 'GET /cache',
          ),
        },
      ],
      isExact: true,
    },
    {
      title: `Time until Mechanic has taken it, round trips of ${ROUND_TRIP_MS} ms`,
      note:
        `In ms, the median of ${times} new visitors; it depends on the machine. Each byte is delayed on its way, so ` +
        'that TLS takes a round trip; the one that TCP takes on a real network is not in it. ' +
        '`<mechanic-form>` preconnects when the visitor first touches the form.',
      columns: ['submission', 'new connection', 'after a preconnect'],
      rows: waits,
    },
  ];
};
