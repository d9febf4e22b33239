import { randomUUID } from 'node:crypto';
import { usage } from '../usage.js';
import { conclude } from './conclusions.js';
import { checkConnection } from './connection.js';
import { type Flags, readFlags } from './flags.js';
import { type Before, lookBefore } from './look.js';
import { conclusionText, reportJson, stepLine, warning } from './print.js';
import { Steps } from './step.js';
import { waitForResult } from './wait.js';
import { post, preflight } from './webhook.js';

const requestTimeoutMs = 10_000;

/**
 * Tells what is wrong with a set-up, and sets the exit code: 0 proven, 1 wrong, 3 neither.
 *
 * @throws UserError with the exit code 2 for a wrong flag
 */
export async function check(args: string[]): Promise<void> {
  const flags = readFlags(args);
  if (flags === null) {
    process.stdout.write(usage);
    return;
  }
  const id = randomUUID();
  const steps = new Steps((step) => {
    if (!flags.json) process.stdout.write(stepLine(step));
  });
  // Not among the findings: a script reads those from stdout.
  process.stderr.write(warning(id));
  await takeSteps(flags, id, steps);
  const conclusions = conclude(steps, flags.route !== undefined);
  process.stdout.write(
    flags.json ? reportJson(flags, id, steps.all, conclusions) : conclusionText(conclusions),
  );
  process.exitCode = conclusions.exitCode;
}

async function takeSteps(flags: Flags, id: string, steps: Steps): Promise<void> {
  const { webhook: url, data, origin, route, timeoutMs } = flags;
  const canSend = await checkConnection('webhook', new URL(url), steps, requestTimeoutMs);
  // Before the probe is sent, since what is there afterwards may be its result.
  const before = await lookAtPlace(flags, canSend, steps);
  if (!canSend) {
    if (route) steps.add('result.uuid', 'skip', 'nothing was sent');
    return;
  }
  const probe = { url, id, data, origin, requestTimeoutMs };
  await preflight(probe, steps);
  const sent = await post(probe, steps);
  if (route === undefined) return;
  const { text, canWait } = before;
  if (sent.delivered === 'no') steps.add('result.uuid', 'skip', 'the probe was refused');
  else if (!canWait) steps.add('result.uuid', 'skip', 'not waited for, since it cannot be read there');
  else if (route.url.includes('{requestId}') && !sent.isExposed) {
    steps.add('result.uuid', 'fail', 'the address needs x-request-id, which pages may not read', {
      lookAt: 'The template of the stored file: use {id} in the place of {requestId}.',
    });
  } else {
    const wait = { route, id, sent, origin, before: text, timeoutMs, requestTimeoutMs };
    await waitForResult(wait, steps);
  }
}

/** What the place of the results holds, and whether it can be reached at all. */
async function lookAtPlace(
  { webhook, route, origin }: Flags,
  isConnected: boolean,
  steps: Steps,
): Promise<Before> {
  const unreachable = { text: '', canWait: false };
  if (route === undefined) return unreachable;
  const url = new URL(route.url);
  // The connection to the webhook was the proof already.
  const isSame = url.origin === new URL(webhook).origin;
  const canAsk = isSame ? isConnected : await checkConnection('result', url, steps, requestTimeoutMs);
  return canAsk ? await lookBefore({ route, origin, steps, requestTimeoutMs }) : unreachable;
}
