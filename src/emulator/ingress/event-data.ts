import type { EventData } from '../event.js';
import { bodyParameters, queryParameters } from './parameters.js';
import { bodyText, type IngressRequest, mediaType } from './request.js';

/**
 * Event data in mode Auto: the parameters of body and query together; without any, the body as text; `null`
 * when it is blank. Source of fact: Mechanic docs, "Webhooks".
 */
export async function autoEventData(request: IngressRequest): Promise<EventData> {
  const query = queryParameters(request);
  const body = await bodyParameters(request);
  // Which side wins is undocumented. The body, as Rack's `params` merges POST into GET.
  if (body !== null || Object.keys(query).length > 0) return { ...query, ...body };
  const text = bodyText(request);
  return text.trim() === '' ? null : text;
}

/** Event data in mode Full request. Source of fact: Mechanic docs, "Webhooks". */
export function fullEventData(request: IngressRequest): EventData {
  return {
    body_base64: Buffer.from(request.body).toString('base64'),
    body: bodyText(request),
    client_ip: request.clientIp,
    headers: Object.fromEntries([...request.headers].map(([name, value]) => [name, [value]])),
    mime_type: mediaType(request) || null,
    query_string: request.queryString,
    query: queryParameters(request),
    request_id: request.requestId,
    webhook_id: request.webhookId,
  };
}
