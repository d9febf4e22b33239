import type { Route } from './route.js';
import { isJson, isVacant, shapeOf } from './shape.js';
import type { Step } from './step.js';

type Finding = Pick<Step, 'status' | 'says' | 'leavesOpen' | 'lookAt'>;

/** What the place of the results says, by status and body, before there can be a result of the probe. */
export function findingAt(
  { kind, isKeyed }: Pick<Route, 'kind' | 'isKeyed'>,
  { status, ok }: Response,
  text: string,
): Finding {
  if (status === 404) {
    return {
      status: 'ok',
      says: '404, so nothing is there yet',
      leavesOpen: `Whether the ${kind} has the right address: one that does not exist answers 404, too.`,
    };
  }
  if (status === 403 && isKeyed) {
    return {
      status: 'warn',
      says: '403 for a file that is not there, where storedFile expects 404',
      leavesOpen: 'Whether 403 means that the file is not there, or that nobody may read it.',
      lookAt:
        "The bucket's policy: let everyone read its files, and have it answer 404 for absent ones (S3 says 403 unless the reader may list), or give storedFile { pendingStatuses: [403, 404] }.",
    };
  }
  if ([408, 429, 430].includes(status) || status >= 500) {
    return {
      status: 'warn',
      says: `${status}, which may pass`,
      lookAt: `Why the ${kind} answers ${status}.`,
    };
  }
  if (!ok) {
    return {
      status: 'fail',
      says: `${status}: pages may not read it, and stop waiting at once`,
      lookAt: `The address of the ${kind}, and that everyone may read it: it answers ${status}.`,
    };
  }
  if (isVacant(text)) return { status: 'ok', says: `${status}, and it is empty, so nothing is there yet` };
  if (!isJson(text)) {
    return {
      status: 'fail',
      says: `${status}, and what is there is no JSON`,
      lookAt: `The address of the ${kind}: it answers ${shapeOf(text)}.`,
    };
  }
  if (isKeyed) {
    return {
      status: 'fail',
      says: `${status} for a file that nobody wrote, so that pages take it for their result`,
      lookAt: 'The storage: it must answer 404 for an absent file, not a page or a record of its own.',
    };
  }
  return { status: 'ok', says: `${status}, JSON: ${shapeOf(text)}` };
}
