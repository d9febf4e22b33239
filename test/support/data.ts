import fc from 'fast-check';

// Few names, so that keys meet: what Rack merges, splits and drops depends on which names come again.
const name = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom('a', 'b', 'c', 'uuid') },
  { weight: 2, arbitrary: fc.constantFrom('a b', 'ü', 'a.b', '0', '-', 'a&b=c;d', 'x\ny', 'a+%41', ' ') },
  { weight: 1, arbitrary: fc.constantFrom('', 'a[b]', '[]', 'a]', '__proto__', 'constructor', '\ud800') },
);

const text = fc.oneof(
  fc.constantFrom('', ' ', 'x', 'ü 😀', 'a&b=c;d+%20', 'line\r\nend\nand "quotes"', '[]', '\ud83d'),
  fc.string({ unit: 'binary', maxLength: 6 }),
);

const scalar = fc.oneof(
  { weight: 6, arbitrary: text },
  { weight: 3, arbitrary: fc.oneof(fc.integer(), fc.double(), fc.boolean()) },
  { weight: 1, arbitrary: fc.constantFrom(null, undefined) },
);

const { value } = fc.letrec<{ value: unknown; list: unknown[]; object: Record<string, unknown> }>((tie) => ({
  value: fc.oneof({ maxDepth: 4, depthSize: 'medium' }, scalar, tie('object'), tie('list'), tie('object')),
  list: fc.array(tie('value'), { maxLength: 3 }),
  object: objectOf(tie('value'), 3),
}));

/** Entries, so that keys stand in any order, and `__proto__` is a key like any other. */
function objectOf(member: fc.Arbitrary<unknown>, maxKeys: number) {
  return fc
    .uniqueArray(fc.tuple(name, member), { maxLength: maxKeys, selector: ([key]) => key })
    .map((entries) => Object.fromEntries(entries) as Record<string, unknown>);
}

/** Nested plain data, with much that a form cannot say. */
export const plainData: fc.Arbitrary<Record<string, unknown>> = objectOf(value, 4);

const safeText = fc.constantFrom('', 'x', 'ü 😀', 'a&b=c;d+%20', 'line\r\nend');
const key = fc.constantFrom('a', 'b', 'c', 'd');
const { row } = fc.letrec<{ row: unknown; rows: unknown[] }>((tie) => ({
  rows: fc.array(tie('row'), { minLength: 1, maxLength: 4 }),
  row: fc.oneof(
    { maxDepth: 4 },
    safeText,
    fc.array(safeText, { minLength: 1, maxLength: 3 }),
    tie('rows'),
    fc.dictionary(key, tie('row'), { minKeys: 1, maxKeys: 4 }),
  ),
}));

/** Nested plain data with lists of objects, most of which a form can say. */
export const rows: fc.Arbitrary<Record<string, unknown>> = fc.dictionary(key, row, {
  minKeys: 1,
  maxKeys: 3,
});

/** The names of a form's fields, right and wrong, with few letters. */
export const fieldNames: fc.Arbitrary<string[]> = fc.array(
  fc.oneof(
    fc
      .tuple(
        fc.constantFrom('a', 'b', 'uuid'),
        fc.array(fc.constantFrom('[]', '[a]', '[b]', '[c\nd]'), { maxLength: 3 }),
      )
      .map(([first, rest]) => first + rest.join('')),
    fc.string({ unit: fc.constantFrom('a', 'b', '[', ']'), maxLength: 6 }),
  ),
  { maxLength: 6 },
);

/** Any value, as it comes out of JSON. */
export const json: fc.Arbitrary<unknown> = fc.json({ maxDepth: 3 }).map((text) => JSON.parse(text));
