import { createHash } from 'node:crypto';

/** A UUID for a task: the same for the same name and place, so that runs are reproducible. */
export function taskId(...parts: readonly string[]): string {
  const digits = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-a${digits.slice(17, 20)}-${digits.slice(20, 32)}`;
}
