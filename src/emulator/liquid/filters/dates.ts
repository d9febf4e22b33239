import { DateTime, type DateTimeUnit } from 'luxon';
import { show } from '../../json.js';
import { isNumeric } from '../float.js';
import { printed } from '../source-emitter.js';
import { type FilterArguments, refuseOthers, type TaskFilters } from './filter.js';
import { strftime, strptime } from './strftime.js';

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const boundedUnits: DateTimeUnit[] = ['year', 'quarter', 'month', 'week', 'day'];
const knownOptions = [
  'tz',
  'advance',
  'middle_of_day',
  ...boundedUnits.flatMap((unit) => [`beginning_of_${unit}`, `end_of_${unit}`]),
];
const step = /([+-]?)\s*(\d+)\s*(year|month|week|day|hour|minute|second)s?/g;

/** Dates, in the shop's time zone unless `tz` says otherwise. Source of fact: Mechanic docs, "date, parse_date". */
export const dateFilters: TaskFilters = {
  date(input, { positional: [format], named, host }) {
    refuseOthers('date', named, knownOptions);
    const zone = printed(named['tz'] ?? host.zone);
    if (!DateTime.now().setZone(zone).isValid) throw new Error(`date: there is no time zone ${show(zone)}`);
    const date = readDate(input, zone);
    // As in Liquid, what is no date stays as it is.
    if (date === undefined) return input;
    const moved = adjusted(date, named);
    return format === undefined ? toIso(moved) : strftime(moved, printed(format));
  },
  parse_date(input, { positional: [format], host }) {
    const date = strptime(printed(input), printed(format), host.zone);
    return date === undefined ? null : toIso(date);
  },
};

/** Without fractions of a second, as Ruby writes it. */
function toIso(date: DateTime): string | null {
  return date.set({ millisecond: 0 }).toISO({ suppressMilliseconds: true });
}

function readDate(input: unknown, zone: string): DateTime | undefined {
  const options = { zone, locale: 'en-US' } as const;
  if (isNumeric(input)) return DateTime.fromSeconds(Number(input), options);
  if (typeof input !== 'string' || input.trim() === '') return undefined;
  const text = input.trim();
  if (/^\d+$/.test(text)) return DateTime.fromSeconds(Number(text), options);
  if (text === 'now' || text === 'today') return DateTime.now().setZone(zone).setLocale('en-US');
  if (/^now\s*[+-]/.test(text))
    return advanced(DateTime.now().setZone(zone).setLocale('en-US'), text.slice(3));
  const candidates = [
    DateTime.fromISO(text, options),
    DateTime.fromSQL(text, options),
    DateTime.fromRFC2822(text, options),
    DateTime.fromHTTP(text, options),
    ...[
      'yyyy-MM-dd HH:mm:ss ZZZ',
      'LLLL d, yyyy',
      'LLL d, yyyy',
      'd LLLL yyyy',
      'd LLL yyyy',
      'yyyy/M/d',
    ].map((format) => DateTime.fromFormat(text, format, options)),
  ];
  return candidates.find(({ isValid }) => isValid);
}

/** The options, in the order in which Mechanic takes them: larger units first, `advance` last. */
function adjusted(given: DateTime, named: FilterArguments['named']): DateTime {
  let date = given;
  for (const unit of boundedUnits) {
    const [begin, end] = [named[`beginning_of_${unit}`], named[`end_of_${unit}`]];
    const first = unit === 'week' ? begin || end : undefined;
    // The week begins on the day that is named: luxon's own begins on Monday.
    const shift = first ? { days: weekdayOf(first) } : {};
    if (begin) date = date.minus(shift).startOf(unit).plus(shift);
    else if (end) date = date.minus(shift).endOf(unit).plus(shift);
  }
  if (named['middle_of_day']) date = date.startOf('day').set({ hour: 12 });
  const advance = named['advance'];
  return advance === undefined ? date : advanced(date, printed(advance));
}

function weekdayOf(name: unknown): number {
  const index = weekdays.indexOf(printed(name).toLowerCase());
  if (index === -1) throw new Error(`date: ${show(name)} is no day of the week`);
  return index;
}

/** Steps like "1 year 6 months" or "-3 hours, +2 minutes", one after another. */
function advanced(date: DateTime, steps: string): DateTime {
  if (steps.replace(step, '').replace(/[\s,]/g, '') !== '')
    throw new Error(`date: cannot read the steps ${show(steps)}`);
  return [...steps.matchAll(step)].reduce(
    (moved, [, sign, count, unit]) => moved.plus({ [`${unit}s`]: Number(`${sign}${count}`) }),
    date,
  );
}
