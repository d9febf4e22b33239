import type { Submission } from '../types.js';

const SECRET = /passw|(^|[^a-z])cc-|card.?(number|no)|cvc|cvv/i;

/**
 * Whether a submission holds what must not lie on a disk: files, passwords, card numbers. Told by the fields of its
 * form, and by the names in what is sent.
 */
export function isPrivate({ data, body }: Submission): boolean {
  if (typeof body !== 'string') return true;
  const fields = isForm(data) ? ([...data.elements] as HTMLInputElement[]) : [];
  const secret = fields.some(({ type, autocomplete }) => type === 'password' || SECRET.test(autocomplete));
  return secret || namesIn(data).some((name) => SECRET.test(name));
}

const isForm = (data: unknown): data is HTMLFormElement =>
  Object.prototype.toString.call(data) === '[object HTMLFormElement]';

/** The names of fields, at every depth. */
function namesIn(data: unknown): string[] {
  if (typeof data !== 'object' || data === null) return [];
  if (isForm(data)) return namesIn(new FormData(data));
  if (data instanceof FormData || data instanceof URLSearchParams) return [...data.keys()];
  return Object.entries(data).flatMap(([name, value]) => [name, ...namesIn(value)]);
}
