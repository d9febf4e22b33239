import type { Row } from '../row.ts';
import { learnt, refused, sentLater, unharmed } from './promises.ts';
import { answerWith, htmlPage, lasting, meeting, redirect } from './trouble.ts';

const patient = { 'retry-after': '20', 'access-control-expose-headers': 'retry-after' };

export const answerRows: readonly Row[] = [
  {
    name: '429 once, with `Retry-After: 20`',
    act: meeting('POST', answerWith(429, patient), 1),
    without: unharmed,
    with: sentLater,
  },
  {
    name: '429 once, without `Retry-After`',
    act: meeting('POST', answerWith(429), 1),
    without: unharmed,
    with: sentLater,
  },
  {
    name: '429 for 20 s',
    act: lasting('POST', answerWith(429)),
    without: { ...refused, sees: 'working → rush' },
    with: sentLater,
  },
  {
    name: '430 once',
    act: meeting('POST', answerWith(430), 1),
    without: unharmed,
    with: sentLater,
  },
  {
    name: '500 for 20 s',
    act: lasting('POST', answerWith(500)),
    without: refused,
    with: sentLater,
  },
  {
    name: '502, though Mechanic has taken it',
    act: meeting(
      'POST',
      async ({ take, answer }) => {
        await take();
        await answer(new Response(null, { status: 502 }));
      },
      1,
    ),
    without: { ...refused, taken: 1, worked: 1 },
    with: learnt,
  },
  {
    name: '503 for 20 s',
    act: lasting('POST', answerWith(503)),
    without: refused,
    with: sentLater,
  },
  {
    name: '404: refused for good',
    act: meeting('POST', answerWith(404)),
    without: refused,
    with: refused,
  },
  {
    name: 'an HTML page in place of the answer, for 20 s',
    act: lasting('POST', htmlPage),
    without: { ...refused, sees: 'working → no connection' },
    with: sentLater,
  },
  {
    name: 'the submission is redirected to a login, for 20 s',
    isEngines: true,
    act: lasting('POST', redirect),
    without: refused,
    with: sentLater,
  },
];
