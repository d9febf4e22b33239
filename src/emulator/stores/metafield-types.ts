const json = (value: string) => {
  JSON.parse(value);
};

function matching(pattern: RegExp, expected: string) {
  return (value: string) => {
    if (!pattern.test(value)) throw new Error(`it must be ${expected}`);
  };
}

const anyText = () => {};
const reference = matching(/^gid:\/\//, 'a global id, gid://…');

/** What each type takes; a check throws why a value is none. Source of fact: shopify.dev, "List of data types". */
const checks = new Map<string, (value: string) => void>([
  ['boolean', matching(/^(true|false)$/, 'true or false')],
  ['color', matching(/^#[0-9a-f]{6}$/i, 'a colour, #rrggbb')],
  ['date', matching(/^\d{4}-\d\d-\d\d$/, 'a date, YYYY-MM-DD')],
  ['date_time', matching(/^\d{4}-\d\d-\d\dT\d\d:\d\d/, 'a date and time, ISO 8601')],
  ['id', anyText],
  ['language', anyText],
  ['multi_line_text_field', anyText],
  ['number_decimal', matching(/^-?\d+(\.\d+)?$/, 'a decimal')],
  ['number_integer', matching(/^-?\d+$/, 'an integer')],
  ['single_line_text_field', matching(/^[^\n]*$/, 'text of one line')],
  ['url', matching(/^(https?|mailto|sms|tel):/, 'a URL')],
  ...['dimension', 'json', 'link', 'money', 'rating', 'rich_text_field', 'volume', 'weight'].map(
    (type) => [type, json] as const,
  ),
]);

/** Whether Shopify has such a type. */
export function isMetafieldType(type: string): boolean {
  const base = type.replace(/^list\./, '');
  return checks.has(base) || /^[a-z_]+_reference$/.test(base);
}

/**
 * Checks a metafield's value.
 *
 * @throws Error that says what its type takes.
 */
export function checkMetafieldValue(type: string, value: string): void {
  if (!type.startsWith('list.')) {
    (checks.get(type) ?? reference)(value);
  } else if (!Array.isArray(JSON.parse(value))) {
    throw new Error('it must be a list, as JSON');
  }
}
