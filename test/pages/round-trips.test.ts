import { afterAll, expect, test } from 'vitest';
import { visitors, WAYS } from '../../bench/first-submission.ts';
import { documentedRows } from '../support/benchmarks.ts';

// Real pages again, and a server on another origin that counts what it is asked.
const chromium = await visitors();
afterAll(() => chromium.close());
const documented = documentedRows('round-trips');

for (const way of WAYS) {
  const isPlainFetch = way === 'fetch';
  const hasPreflight = way === 'json' || isPlainFetch;
  const name = isPlainFetch ? 'plain `fetch` of JSON' : `\`${way}\``;
  const count = hasPreflight ? 'two requests' : 'one request';

  test(`a first submission by ${name} is ${count}, a look is one without a preflight, and the docs say so`, async () => {
    const { submitting, looking } = await chromium.submit(way);
    expect(submitting).toEqual([...(hasPreflight ? ['OPTIONS /webhook'] : []), 'POST /webhook']);
    expect(looking).toEqual(isPlainFetch ? [] : ['GET /cache']);
    const counts = hasPreflight ? ['2', '1'] : ['1', '0'];
    expect(documented[name]).toEqual([...counts, ...(isPlainFetch ? ['–', '–'] : ['1', '0'])]);
  });
}
