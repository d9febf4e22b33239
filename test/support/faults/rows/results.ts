import type { Row } from '../row.ts';
import { unharmed } from './promises.ts';
import { answerWith, htmlPage, lasting, meeting, redirect } from './trouble.ts';

/** How many looks a CDN answers with the 404 that it has kept. */
const KEPT_LOOKS = 30;

export const resultRows: readonly Row[] = [
  {
    name: 'the place of the result: 503, for 20 s',
    act: lasting('GET', answerWith(503)),
    without: unharmed,
    with: unharmed,
  },
  {
    name: 'the place of the result: no connection, for 20 s',
    act: lasting('GET', ({ cut }) => cut()),
    without: unharmed,
    with: unharmed,
  },
  {
    name: 'the place of the result: truncated JSON, once',
    act: meeting(
      'GET',
      async ({ take, answer }) => {
        const text = await (await take()).text();
        await answer(new Response(text.slice(0, text.length / 2)));
      },
      1,
    ),
    without: unharmed,
    with: unharmed,
  },
  {
    name: 'the place of the result: an HTML page, for good',
    act: meeting('GET', htmlPage),
    without: { ...unharmed, sees: 'working → our side' },
    with: { ...unharmed, sees: 'working → our side' },
  },
  {
    name: 'the place of the result: redirected to a login',
    act: meeting('GET', redirect),
    without: { ...unharmed, sees: 'working → our side' },
    with: { ...unharmed, sees: 'working → our side' },
  },
  {
    name: 'the place of the result: a 404 that a CDN has cached, for 30 looks',
    place: 'file',
    act: meeting('GET', answerWith(404, { 'cache-control': 'public, max-age=3600' }), KEPT_LOOKS),
    without: unharmed,
    with: unharmed,
  },
  {
    name: 'the place of the result: CORS header missing, for good',
    act: meeting('GET', async ({ take, answer }) => answer(await take(), false)),
    without: { ...unharmed, sees: 'working → late' },
    with: { ...unharmed, sees: 'working → late' },
  },
];
