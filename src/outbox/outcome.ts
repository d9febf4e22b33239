import { MechanicError } from '../errors.js';
import { undelivered } from '../submission.js';
import type { Accepted } from '../types.js';
import type { OutboxRecord } from './record.js';

/** What came of one attempt: taken, refused for good, or nobody knows. */
export type Outcome =
  | { accepted: Accepted }
  | { error: Partial<MechanicError> | undefined; isFinal: boolean };

/** Waits for an attempt. */
export async function outcomeOf(attempt: Promise<Accepted>): Promise<Outcome> {
  try {
    return { accepted: await attempt };
  } catch (error) {
    const known = error as Partial<MechanicError> | undefined;
    return { error: known, isFinal: isFinal(known) };
  }
}

/** Statuses that ask for a later try. */
const LATER = [408, 425, 503];

/** Whether an attempt's error says that it will never arrive. A gateway that failed may have passed it on. */
const isFinal = (error: Partial<MechanicError> | undefined) =>
  error?.code === 'rejected' && error.delivered === 'no' && !LATER.includes(error.observed?.status ?? 0);

/** Why a submission is not sent any more. */
export function gone({ id, state, url, status }: Omit<OutboxRecord, 'body'>): MechanicError {
  return state === 'rejected'
    ? new MechanicError('rejected', `[POST] ${url}: ${status}. The outbox gave it up: check the url.`, {
        id,
        observed: { url, ...(status && { status }) },
        delivered: 'no',
      })
    : undelivered(new Error(`The outbox has it as ${state}.`), id);
}

/** It was deleted, by a result, a logout or the browser. */
export const missing = (id: string) => undelivered(new Error('It is not in the outbox any more.'), id);
