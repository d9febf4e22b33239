import { kindOf } from '../errors.js';
import type { Submission } from './submission.js';

const SECRET = /passw|(^|[^a-z])cc-|card.?(number|no)|cvc|cvv/i;

/**
 * Whether a submission holds what must not lie on a disk: files, passwords, card numbers. Told by the names in what is
 * sent, and by the fields of the page that have such a name: form data do not say which form they come from.
 */
export function isPrivate({ data, body }: Pick<Submission, 'data' | 'body'>): boolean {
  if (typeof body !== 'string') return true;
  const names = namesIn(data);
  return (
    names.some((name) => SECRET.test(name)) || secretFields(data).some(({ name }) => names.includes(name))
  );
}

/** The fields for passwords and card numbers, also those of a form that is not in the document. */
function secretFields(data: unknown): HTMLInputElement[] {
  const fields = [
    ...(globalThis.document?.querySelectorAll<HTMLInputElement>('input') ?? []),
    ...(isForm(data) ? (data.elements as Iterable<unknown> as Iterable<HTMLInputElement>) : []),
  ];
  // A "show password" switch makes a text of the field, so the purpose counts as well as the type.
  return fields.filter(({ type, autocomplete }) => type === 'password' || SECRET.test(autocomplete));
}

const isForm = (data: unknown): data is HTMLFormElement => kindOf(data) === 'HTMLFormElement';

/** The names of fields, at every depth. What is encoded as something else, by its `toJSON`, may contain itself. */
function namesIn(data: unknown, seen = new Set<unknown>()): string[] {
  if (typeof data !== 'object' || data === null || seen.has(data)) return [];
  seen.add(data);
  if (isForm(data)) return namesIn(new FormData(data));
  if (/^(FormData|URLSearchParams)$/.test(kindOf(data))) return [...(data as FormData).keys()];
  return Object.entries(data).flatMap(([name, value]) => [name, ...namesIn(value, seen)]);
}
