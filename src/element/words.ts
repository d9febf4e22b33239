import type { ErrorCode, MechanicError } from '../index.js';

const LATER = 'Something went wrong on our side. Please try again later.';

/** What a shopper is told, if the page says nothing else. The error itself is for the console. */
const WORDS: { readonly [code in ErrorCode]?: string } = {
  encoding: 'Something in this form cannot be sent. Please check what you entered.',
  network: 'We cannot reach the shop at the moment. Please check your connection and try again.',
  rate_limited: 'There is a rush at the moment. Please try again in a minute.',
  timeout: 'This is taking longer than usual. Please try again later.',
  not_signed_in: 'Please sign in first.',
};

/**
 * The shopper's words for an error: the attribute for its code (`message-not-signed-in`), else the task's own, else
 * the usual ones.
 */
export function wordsFor(element: Element, { code, observed, delivered }: Partial<MechanicError>): string {
  const own = code && element.getAttribute(`message-${code.replaceAll('_', '-')}`);
  // When nothing was heard at all, it is not the task that is slow.
  const usual = code === 'timeout' && delivered ? 'network' : code;
  return own || observed?.taskMessage || (usual && WORDS[usual]) || LATER;
}
