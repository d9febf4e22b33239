import type { Route } from './route.js';
import type { Sent } from './webhook.js';

/**
 * Where to look when nothing came back, along the way of the submission: whatever is found missing first is the cause.
 *
 * @param hasChanged whether something else was published meanwhile
 */
export function causesOfNothing(
  { route, id, sent }: { route: Route; id: string; sent: Sent },
  hasChanged: boolean,
): string[] {
  const event = sent.requestId === null ? `the UUID ${id} in its data` : `the request id ${sent.requestId}`;
  const published = `Was it this task that published meanwhile? Its record must carry the UUID of event.data, as "uuid" or as the key in a map.`;
  return [
    ...(hasChanged ? [published] : []),
    `Mechanic's events: is there one with ${event}? If not, the id in the webhook's URL is wrong: compare it with Mechanic's settings, Webhooks.`,
    `Its task runs: if there are none, the task is disabled, does not subscribe to the webhook's topic, or an event filter holds the event back.`,
    `The task run: did it fail, or is it still waiting? If it has no error, its actions are next.`,
    ...actions[route.kind](route, id, sent),
  ];
}

const actions: { [kind in Route['kind']]: (route: Route, id: string, sent: Sent) => string[] } = {
  'cache endpoint': () => [
    `The cache action: is its key the key of this endpoint (Mechanic's settings, Cache endpoints), and does its value carry the UUID? A short time to live may also be over already.`,
  ],
  'stored file': (route, id, sent) => [
    `The HTTP or FTP action: did it succeed, and did it write to what is ${route.addressOf({ id, requestId: sent.requestId })} for pages?`,
  ],
  section: () => [
    `The Shopify action (metafieldsSet): are there userErrors, is the owner the customer of this session (--data may have to name them), and are namespace and key those that the section renders?`,
  ],
};
