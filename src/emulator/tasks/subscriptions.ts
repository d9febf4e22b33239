import { DateTime } from 'luxon';

/** A subscription: `user/quote/requested+1.hour`. */
export interface Subscription {
  topic: string;
  /** In milliseconds; 0 without an offset. */
  delayMs: number;
}

/** Source of fact: Mechanic docs, "Event topics" and "Subscriptions". */
const subscriptionPattern =
  /^(?<topic>[^/\s+]+\/[^/\s+]+\/[^/\s+]+)(?:\+(?<count>\d+)\.(?<unit>second|minute|hour|day|week|month|year)s?)?$/;

/** A timer of JavaScript waits no longer. */
const longestDelayMs = 2 ** 31 - 1;

/**
 * Reads rendered subscriptions, one to a line.
 *
 * @throws Error that shows the line that is none.
 */
export function readSubscriptions(text: string): Subscription[] {
  const lines = text.split('\n').map((line) => line.trim());
  return lines.filter((line) => line !== '').map(readSubscription);
}

function readSubscription(line: string): Subscription {
  const { topic, count, unit } = subscriptionPattern.exec(line)?.groups ?? {};
  if (topic === undefined)
    throw new Error(
      `must be topics of three parts, each with an offset like "+1.hour" or none; received "${line}"`,
    );
  const now = DateTime.utc();
  const delayMs = now
    .plus({ [`${unit ?? 'day'}s`]: Number(count ?? 0) })
    .diff(now)
    .toMillis();
  if (delayMs > longestDelayMs)
    throw new Error(`has an offset that is not emulated, as it is longer than 24 days; received "${line}"`);
  return { topic, delayMs };
}
