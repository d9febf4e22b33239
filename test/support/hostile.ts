import fc from 'fast-check';
import { id, otherId } from './mechanic.ts';

/** Texts as somebody writes them who wants to do harm, or whose keyboard was stepped on. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '<img src=x onerror="globalThis.harmed = 1">',
    '"><script>globalThis.harmed = 1</script>',
    '</script><script>globalThis.harmed = 1</script>',
    "' onmouseover='globalThis.harmed = 1",
    'javascript:globalThis.harmed=1',
    ' \u0001java\nscript:globalThis.harmed=1',
    'data:text/html,<script>parent.harmed=1</script>',
    '{{ customer.email }}{% raw %}',
    '\r\nset-cookie: a=b',
    '\u0000\u0008\u001b[31m',
    '\ufeff{}',
    '\u2028\u2029',
    '\ud83d',
    '\u202efdp.exe',
    '%00%0d%0a%ff',
    '../../../etc/passwd',
    '__proto__',
    'constructor.prototype.harmed',
    '&a[b]=1;c=2#',
    '-1',
    '1e999',
    '9'.repeat(400),
    'a'.repeat(20_000),
    '['.repeat(500),
    id,
    otherId,
  ),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.string({ maxLength: 30 }),
);

/** Names that mean something to somebody. */
export const hostileKey: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom('uuid', 'status', 'value', 'error', 'progress', 'message', 'code', id),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      '__proto__',
      'constructor',
      'prototype',
      'toString',
      'valueOf',
      'hasOwnProperty',
      'then',
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('toJSON', 'length', '0', '-1', '', 'a[b]', 'a[]', '[', ']', otherId),
  },
  { weight: 2, arbitrary: hostileText },
);

/** An object with these members. `__proto__` is a name like any other in it. */
export const objectWith = (
  member: fc.Arbitrary<unknown>,
  maxLength = 6,
): fc.Arbitrary<Record<string, unknown>> =>
  fc
    .array(fc.tuple(hostileKey, member), { maxLength })
    .map((entries) => Object.fromEntries(entries) as Record<string, unknown>);

/** Anything that JSON can say, with hostile names and texts. */
export const hostileJson: fc.Arbitrary<unknown> = fc.letrec<{
  value: unknown;
  object: unknown;
  list: unknown;
}>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    fc.constantFrom(null, true, false, 'done', 'working', 'failed', id, otherId),
    fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer(), hostileText),
    tie('object'),
    tie('list'),
  ),
  object: objectWith(tie('value')),
  list: fc.array(tie('value'), { maxLength: 4 }),
})).value;

/** A record of this run that is hostile in every part but its UUID. */
export const hostileRecord: fc.Arbitrary<Record<string, unknown>> = fc
  .tuple(objectWith(hostileJson), fc.constantFrom('done', 'working', 'failed', 'none'), fc.boolean())
  .map(([fields, status, isMapped]) => {
    const record = { ...fields, uuid: id, ...(status !== 'none' && { status }) };
    return isMapped ? { ...fields, uuid: otherId, [id]: record } : record;
  });

const depth = fc.constantFrom(10, 100, 101, 2_000);
const abyss = 200_000;

/** The text of JSON, of almost JSON, and of JSON that is very deep, very long or very large in its numbers. */
export const hostileJsonText: fc.Arbitrary<string> = fc.oneof(
  { weight: 60, arbitrary: fc.oneof(hostileJson, hostileRecord).map((value) => JSON.stringify(value) ?? '') },
  {
    weight: 30,
    arbitrary: fc.tuple(hostileRecord, fc.nat(200), hostileText).map(([value, at, garbage]) => {
      const text = JSON.stringify(value);
      return text.slice(0, at) + garbage + text.slice(at + 1);
    }),
  },
  { weight: 20, arbitrary: hostileText },
  {
    weight: 10,
    arbitrary: fc.oneof(
      depth.map((levels) => `{"uuid":"${id}","value":${'['.repeat(levels)}${']'.repeat(levels)}}`),
      depth.map((levels) => `{"${id}":${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}}`),
      depth.map((levels) => '['.repeat(levels)),
    ),
  },
  {
    // Each takes as long as many of the others.
    weight: 1,
    arbitrary: fc.constantFrom(
      '['.repeat(abyss),
      `{"uuid":"${id}","value":${'['.repeat(abyss)}${']'.repeat(abyss)}}`,
      `{"${id}":${'{"a":'.repeat(abyss)}1${'}'.repeat(abyss)}}`,
      `{"uuid":"${id}","status":"working","progress":1e999,"message":"${'m'.repeat(300_000)}"}`,
      `{"uuid":"${id}","value":[${'0,'.repeat(200_000)}0]}`,
      `{"uuid":"${otherId}","uuid":"${id}","__proto__":{"status":"done"},"value":-0}`,
    ),
  },
);
