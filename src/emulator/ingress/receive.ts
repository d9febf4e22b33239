import type { World } from '../world.js';
import { autoEventData, fullEventData } from './event-data.js';
import type { IngressRequest } from './request.js';

/**
 * Takes a POST to a webhook: always 204, also for an id that no webhook has. Then there is no event.
 * Source of fact: Mechanic docs, "Webhooks".
 */
export async function receiveWebhook(
  world: World,
  request: Request,
  id: string,
  clientIp: string,
): Promise<Response> {
  const requestId = world.uuid();
  const body = new Uint8Array(await request.arrayBuffer());
  const webhook = world.settings.webhooks.find((known) => known.id.toLowerCase() === id.toLowerCase());
  if (webhook !== undefined) {
    const queryString = new URL(request.url).search.slice(1);
    const { headers } = request;
    const received: IngressRequest = {
      webhookId: webhook.id,
      requestId,
      clientIp,
      queryString,
      headers,
      body,
    };
    const data = webhook.mode === 'full' ? fullEventData(received) : await autoEventData(received);
    world.emit({ topic: webhook.topic, data, webhookId: webhook.id, requestId, parent: null });
  }
  return new Response(null, { status: 204, headers: { 'x-request-id': requestId } });
}
