import type { OutboxSettings } from './options.js';
import { isPrivate } from './private-data.js';
import { isOpen, type OutboxRecord, sizeOf } from './record.js';
import type { Submission } from './submission.js';

/** How much may be kept on the device. Nothing that is kept makes way for more. */
export class Bounds {
  readonly #settings: OutboxSettings;
  /** What is kept, as of the last look, and what was put there since. */
  #records = 0;
  #bytes = 0;

  constructor(settings: OutboxSettings) {
    this.#settings = settings;
  }

  /** Takes what is there as the measure; what is over holds no data. */
  measure(records: readonly OutboxRecord[]): void {
    const open = records.filter(isOpen);
    this.#records = open.length;
    this.#bytes = open.reduce((sum, { body }) => sum + sizeOf(body), 0);
  }

  /** Whether one more may be kept for longer than the page lives; if so, it is counted. */
  admit(submission: Submission): boolean {
    const { persist, maxRecords, maxRecordBytes, maxBytes } = this.#settings;
    const bytes = sizeOf(submission.body);
    const isFull = this.#records >= maxRecords || this.#bytes + bytes > maxBytes;
    if (!persist || submission.persist === false || isFull || bytes > maxRecordBytes || isPrivate(submission))
      return false;
    this.#records++;
    this.#bytes += bytes;
    return true;
  }
}
