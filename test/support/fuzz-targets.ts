/**
 * What is fuzzed, and with how many cases in the ordinary tests. `npm run fuzz` takes as many times more as it needs
 * for its number of cases.
 */
export const targets = {
  'a published text': 2_000,
  'a published record': 2_000,
  'a stored file and its status': 1_500,
  'Retry-After': 1_000,
  'the handle of a run': 600,
  'a handle in the session storage': 600,
  'data in json and text': 1_000,
  'data in form and multipart': 1_000,
  'a form with files': 600,
  "a webhook's query": 400,
  "a webhook's body": 600,
  "a webhook's multipart body": 400,
  'the records of an outbox': 500,
  'a rendered section': 1_000,
  'a value in a page': 300,
} as const;

export type Target = keyof typeof targets;
