/**
 * Whether the text stands anywhere in the value: an UUID, a request id, a task's name, a word of a log.
 * Upper and lower case are the same; an empty text is in everything.
 */
export function contains(value: unknown, text: string): boolean {
  if (text === '') return true;
  return JSON.stringify(value).toLowerCase().includes(inJson(text).toLowerCase());
}

/** The text as it stands within JSON's quotes. */
function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}
