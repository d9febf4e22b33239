import type { Steps } from './step.js';

/** What follows from the steps. */
export interface Conclusions {
  /** `fine`: no place of results was given, and all else is as it should be. */
  verdict: 'proven' | 'fine' | 'wrong' | 'open';
  exitCode: 0 | 1 | 3;
  proven: string[];
  /** What cannot be known from here. */
  unknown: string[];
  /** The likeliest first. */
  lookAt: string[];
}

/** Draws them. */
export function conclude(steps: Steps, hasRoute: boolean): Conclusions {
  const isProven = steps.all.some(({ name, proves }) => name === 'result.uuid' && proves !== undefined);
  const isWrong = steps.has('fail');
  const verdict = isWrong ? 'wrong' : isProven ? 'proven' : hasRoute ? 'open' : 'fine';
  const unknown = steps.all.flatMap(({ leavesOpen }) => leavesOpen ?? []);
  if (!isProven && steps.has('ok', 'webhook.post')) {
    unknown.unshift("Whether the id in the webhook's URL is right: Mechanic answers 204 to any.");
  }
  if (!hasRoute) {
    unknown.push(
      'Whether a task runs, and whether its result comes back: no place for results was given (--cache-endpoint, --stored-file or --section).',
    );
  }
  unknown.push("What stops pages alone: their content security policy, an ad blocker, a visitor's network.");
  return {
    verdict,
    exitCode: isWrong ? 1 : verdict === 'open' ? 3 : 0,
    proven: steps.all.flatMap(({ proves }) => proves ?? []),
    // Once the result is back, what its absence would have left open is known.
    unknown: isProven ? unknown.slice(-1) : unknown,
    lookAt: [...steps.lookAt('fail'), ...steps.lookAt('open'), ...steps.lookAt('warn')],
  };
}
