import { expect, test } from 'vitest';
import { perform } from './helpers.ts';

test('an echo action shows its options as the result', async () => {
  const { actionRuns } = await perform([{ type: 'echo', options: { a: [1] } }]);
  expect(actionRuns).toEqual([
    { type: 'echo', options: { a: [1] }, status: 'succeeded', result: { a: [1] } },
  ]);
});

test.each([
  ['no', 'no'],
  [{ code: 1 }, '{ code: 1 }'],
  [true, 'true'],
])('an echo action with __error %j fails', async (__error, error) => {
  const { actionRuns } = await perform([{ type: 'echo', options: { __error } }]);
  expect(actionRuns).toMatchObject([{ status: 'failed', result: null, error }]);
});

test('an action keeps its meta', async () => {
  const { actionRuns } = await perform([{ type: 'echo', options: 1, ...{ meta: { step: 2 } } }]);
  expect(actionRuns).toMatchObject([{ meta: { step: 2 } }]);
});

test.each(['email', 'files', 'ftp', 'flow', 'google_sheets'])(
  'the %s action is recorded as not performed',
  async (type) => {
    const { actionRuns } = await perform([{ type, options: { a: 1 } }]);
    expect(actionRuns).toEqual([
      {
        type,
        options: { a: 1 },
        status: 'not performed',
        result: null,
        error: `The "${type}" action is not emulated: nothing was done.`,
      },
    ]);
  },
);

test.each(['cahce', 'constructor', ''])('an action type that Mechanic has not fails: "%s"', async (type) => {
  const { actionRuns } = await perform([{ type, options: [] }]);
  expect(actionRuns).toMatchObject([
    { status: 'failed', error: expect.stringContaining(`no action type '${type}'`) },
  ]);
});
