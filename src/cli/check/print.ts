import type { Conclusions } from './conclusions.js';
import type { Flags } from './flags.js';
import { mark } from './mark.js';
import type { Step } from './step.js';

const verdicts: { [verdict in Conclusions['verdict']]: string } = {
  proven: 'The loop is proven.',
  fine: 'Nothing wrong was found.',
  wrong: 'Something is wrong.',
  open: 'Nothing wrong was found, and nothing came back: it is not proven.',
};

/** What is said before anything is sent. */
export function warning(id: string): string {
  return `This posts one real submission to the webhook, and tasks will run on it: ${JSON.stringify({ uuid: id, [mark]: true })}\n`;
}

/** A step, as a line. */
export function stepLine({ name, status, ms, says }: Step): string {
  const time = ms === null ? '' : `${ms} ms`;
  return `  ${status.padEnd(4)}  ${name.padEnd(18)}${time.padStart(9)}  ${says}\n`;
}

/** The three lists and the verdict. */
export function conclusionText({ proven, unknown, lookAt, verdict }: Conclusions): string {
  const list = (title: string, items: string[], bullet: (index: number) => string) =>
    items.length === 0
      ? ''
      : `\n${title}\n${items.map((item, index) => `  ${bullet(index)} ${item}\n`).join('')}`;
  const dash = () => '-';
  return [
    list('Proven', proven, dash),
    list('Cannot be known from here', unknown, dash),
    list('What to look at', lookAt, (index) => `${index + 1}.`),
    `\n${verdicts[verdict]}\n`,
  ].join('');
}

/** All of it as one JSON object. */
export function reportJson(
  { webhook, origin, place }: Flags,
  id: string,
  steps: readonly Step[],
  conclusions: Conclusions,
): string {
  const report = {
    webhook,
    origin,
    result: place === undefined ? null : { kind: place.kind, url: place.url },
    uuid: id,
    steps: steps.map(({ name, status, ms, says }) => ({ name, status, ms, says })),
    ...conclusions,
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}
