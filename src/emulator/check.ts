import type { z } from 'zod';
import { show } from './json.js';

/**
 * What is wrong with a value, a sentence for each fault: where it is, what is expected, what was received.
 *
 * @param name what the value itself is called.
 */
export function faultsOf(error: z.ZodError, received: unknown, name: string): string[] {
  return error.issues.map((issue) => {
    const path = issue.path.reduce<string>(
      (all, key) => (typeof key === 'number' ? `${all}[${key}]` : `${all}.${String(key)}`),
      name,
    );
    const where = path.replace(/^\./, '') || 'the options';
    if (issue.code === 'unrecognized_keys')
      return `${where}: unknown option ${issue.keys.map(show).join(', ')}`;
    const value = issue.path.reduce<unknown>(
      (at, key) => (at as { [key: PropertyKey]: unknown } | undefined)?.[key],
      received,
    );
    return `${where} ${issue.message}; received ${show(value)}`;
  });
}
