import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { evaluate } from './helpers.ts';

beforeEach(() => {
  // 2024-02-29 is a Thursday.
  vi.useFakeTimers({ now: new Date('2024-02-29T22:30:15.500Z'), toFake: ['Date'] });
});
afterEach(() => vi.useRealTimers());

test.each([
  ['"now" | date', '2024-02-29T22:30:15Z'],
  ['"now" | date: tz: "America/Chicago"', '2024-02-29T16:30:15-06:00'],
  ['"now" | date: "%F %T", tz: "Asia/Tokyo"', '2024-03-01 07:30:15'],
  ['"now + 5 days" | date', '2024-03-05T22:30:15Z'],
  ['"now - 2 weeks" | date: "%F"', '2024-02-15'],
  ['"now" | date: "%s" | times: 1', 1709245815],
  ['"2000-01-01" | date: "%Y-%m-%d %H:%M %z", tz: "America/Chicago"', '2000-01-01 00:00 -0600'],
  ['"2000-01-01T00:00:00+11:00" | date', '1999-12-31T13:00:00Z'],
  ['"2023-01-31" | date: "%F", advance: "1 year 1 month"', '2024-02-29'],
  ['"now" | date: "%T", advance: "-3 hours, +2 minutes, -1 second"', '19:32:14'],
  ['"2024-03-31T01:30:00" | date: tz: "Europe/Berlin", advance: "1 day"', '2024-04-01T01:30:00+02:00'],
  ['"now" | date: beginning_of_year: true', '2024-01-01T00:00:00Z'],
  ['"now" | date: end_of_year: true', '2024-12-31T23:59:59Z'],
  ['"now" | date: beginning_of_quarter: true, advance: "1 day"', '2024-01-02T00:00:00Z'],
  ['"now" | date: end_of_month: true', '2024-02-29T23:59:59Z'],
  ['"now" | date: "%F", beginning_of_week: "monday"', '2024-02-26'],
  ['"now" | date: "%F", beginning_of_week: "sunday"', '2024-02-25'],
  ['"now" | date: "%F", end_of_week: "sunday"', '2024-03-02'],
  ['"now" | date: beginning_of_day: true', '2024-02-29T00:00:00Z'],
  ['"now" | date: middle_of_day: true', '2024-02-29T12:00:00Z'],
  ['"now" | date: "%A %-d %B %y, %-I:%M %p %Z %j %%"', 'Thursday 29 February 24, 10:30 PM UTC 060 %'],
  ['"2024-03-05" | date: "%e|%_m|%^b|%k|%3d"', ' 5| 3|MAR| 0|005'],
  ['1709245815 | date: "%F"', '2024-02-29'],
  ['"1709245815" | date: "%F"', '2024-02-29'],
  ['"2024-02-29 10:00:00 -0500" | date', '2024-02-29T15:00:00Z'],
  ['"March 5, 2024" | date: "%F"', '2024-03-05'],
  ['"Thu, 29 Feb 2024 10:00:00 GMT" | date: "%H"', '10'],
  ['"no date" | date: "%s"', 'no date'],
  ['missing | date: "%s"', null],
  ['"01-02-20" | parse_date: "%m-%d-%y"', '2020-01-02T00:00:00Z'],
  ['"5 Mar 2024 7:05" | parse_date: "%d %b %Y %H:%M"', '2024-03-05T07:05:00Z'],
  ['"ab-cd-ef" | parse_date: "%m-%d-%y"', null],
])('%s', async (expression, value) => {
  expect(await evaluate(expression)).toBe(value);
});

test('dates are in the shop’s time zone', async () => {
  const shop = { iana_timezone: 'Australia/Sydney' };
  expect(await evaluate('"now" | date', { shop })).toBe('2024-03-01T09:30:15+11:00');
  expect(await evaluate('"01-01-20" | parse_date: "%m-%d-%y"', { shop })).toBe('2020-01-01T00:00:00+11:00');
});

test.each([
  ['"now" | date: timezone: "UTC"', 'date: there is no option "timezone"'],
  ['"now" | date: tz: "Mars"', "date: there is no time zone 'Mars'"],
  ['"now" | date: "%Q"', 'date: the directive %Q is not emulated'],
  ['"now" | date: advance: "a while"', "date: cannot read the steps 'a while'"],
  ['"now" | date: beginning_of_week: true', 'date: true is no day of the week'],
])('%s fails by name', async (expression, message) => {
  await expect(evaluate(expression)).rejects.toThrow(message);
});
