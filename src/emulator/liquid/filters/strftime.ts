import { DateTime } from 'luxon';

/** Directives of Ruby's strftime that are made of others. */
const composed: { [directive: string]: string } = {
  F: '%Y-%m-%d',
  T: '%H:%M:%S',
  X: '%H:%M:%S',
  R: '%H:%M',
  D: '%m/%d/%y',
  x: '%m/%d/%y',
  r: '%I:%M:%S %p',
  c: '%a %b %e %H:%M:%S %Y',
  h: '%b',
};

/** Directives as luxon's tokens. Source of fact: Ruby docs, `Time#strftime`. */
const tokens: { [directive: string]: string } = {
  Y: 'yyyy',
  y: 'yy',
  m: 'MM',
  B: 'LLLL',
  b: 'LLL',
  d: 'dd',
  j: 'ooo',
  H: 'HH',
  I: 'hh',
  M: 'mm',
  S: 'ss',
  L: 'SSS',
  p: 'a',
  A: 'cccc',
  a: 'ccc',
  u: 'c',
  V: 'WW',
  G: 'kkkk',
  z: 'ZZZ',
  ':z': 'ZZ',
  s: 'X',
};

/** Directives that luxon has no token for. */
const others: { [directive: string]: (date: DateTime) => string } = {
  e: (date) => String(date.day).padStart(2),
  k: (date) => String(date.hour).padStart(2),
  l: (date) => String(date.hour % 12 || 12).padStart(2),
  P: (date) => date.toFormat('a').toLowerCase(),
  w: (date) => String(date.weekday % 7),
  C: (date) => String(Math.floor(date.year / 100)).padStart(2, '0'),
  N: (date) => `${date.toFormat('SSS')}000000`,
  Z: (date) => date.offsetNameShort ?? '',
  n: () => '\n',
  t: () => '\t',
  '%': () => '%',
};

const directive = /%([-_0^#]*)(\d*)(:?[a-zA-Z%])/g;

/**
 * Formats a date as Ruby does.
 *
 * @throws Error that names a directive that is not emulated.
 */
export function strftime(date: DateTime, format: string): string {
  return format.replace(directive, (text, flags: string, width: string, name: string) => {
    const parts = composed[name];
    const token = tokens[name];
    const value =
      parts !== undefined
        ? strftime(date, parts)
        : token !== undefined
          ? date.toFormat(token)
          : others[name]?.(date);
    if (value === undefined) throw new Error(`date: the directive ${text} is not emulated`);
    return padded(value, flags, width);
  });
}

function padded(value: string, flags: string, width: string): string {
  let text = value;
  if (flags.includes('-')) text = text.replace(/^[0 ]+(?=.)/, '');
  if (flags.includes('_')) text = text.replace(/^0+(?=.)/, (zeros) => ' '.repeat(zeros.length));
  if (flags.includes('0')) text = text.replace(/^ +/, (spaces) => '0'.repeat(spaces.length));
  if (flags.includes('^')) text = text.toUpperCase();
  return text.padStart(Number(width), /^\d/.test(text) && !flags.includes('_') ? '0' : ' ');
}

/**
 * Reads a date whose format is known.
 *
 * @returns undefined when the text has another format.
 */
export function strptime(text: string, format: string, zone: string): DateTime | undefined {
  const luxonFormat = format
    .replace(directive, (whole, _flags, _width, name: string) => composed[name] ?? whole)
    .split(/(%[-_0^#]*\d*:?[a-zA-Z%])/)
    .map((part) => tokenOf(part))
    .join('');
  const date = DateTime.fromFormat(text, luxonFormat, { zone, locale: 'en-US' });
  return date.isValid ? date : undefined;
}

/** One digit is enough for most, when a date is read. */
function tokenOf(part: string): string {
  if (!part.startsWith('%')) return part === '' ? '' : `'${part.replaceAll("'", "''")}'`;
  const name = part.replace(/^%[-_0^#]*\d*/, '');
  const lenient: { [directive: string]: string } = {
    d: 'd',
    e: 'd',
    m: 'M',
    H: 'H',
    k: 'H',
    I: 'h',
    l: 'h',
    M: 'm',
    S: 's',
    z: 'ZZZ',
  };
  const token = lenient[name] ?? tokens[name];
  if (token === undefined) throw new Error(`parse_date: the directive ${part} is not emulated`);
  return token;
}
