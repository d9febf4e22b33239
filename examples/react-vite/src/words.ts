import type { ErrorCode, MechanicError } from 'mechanic-storefront';

const later = 'Something went wrong on our side. Please try again later.';

const words: Partial<Record<ErrorCode, string>> = {
  network: 'We cannot reach the workshop. Please check your connection and try again.',
  rate_limited: 'There is a rush at the moment. Please try again in a minute.',
  timeout: 'The workshop is taking longer than usual. Please try again in a few minutes.',
};

/** The codes that the task itself gives, in mechanic/tasks/quote-a-shelf.json. */
const taskWords: Record<string, string> = {
  too_wide: 'That is wider than our boards. Please choose 240 cm or less.',
};

/** What to tell a shopper. The error's own message is for developers. */
export function wordsFor({ code, observed }: MechanicError): string {
  if (code === 'task_failed') return taskWords[observed.taskCode ?? ''] ?? observed.taskMessage ?? later;
  return words[code] ?? later;
}
