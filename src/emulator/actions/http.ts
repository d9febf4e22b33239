import { isObject, type Json, show } from '../json.js';
import { answerStorageRequest } from '../storage-request.js';
import type { World } from '../world.js';
import { readOptions, readText } from './arguments.js';
import { placeholderOrigin, sendAllowed } from './network.js';
import type { ActionContext } from './performer.js';

const methods = ['options', 'head', 'get', 'post', 'put', 'patch', 'delete'];

/**
 * Sends a request: to the local storage, or over the network to the origins that the option `allowHttp` names.
 * Source of fact for options and result: Mechanic docs, "HTTP action".
 */
export async function httpAction(received: Json, { world }: ActionContext): Promise<Json> {
  const options = readOptions('http', received, {
    required: ['method', 'url'],
    optional: ['body', 'headers', 'follow_redirects', 'error_on_5xx'],
  });
  const method = readText('http', 'method', options['method']).toLowerCase();
  if (!methods.includes(method))
    throw new Error(`http: method must be one of ${methods.join(', ')}; received "${method}"`);
  const url = readText('http', 'url', options['url']);
  const headers = readHeaders(options['headers']);
  const { body, contentType } = readBody(options['body'], headers.get('content-type'));
  const path = storagePath(url, world);
  if (path === undefined) {
    if (contentType !== null) headers.set('content-type', contentType);
    const request = { method: method.toUpperCase(), url, headers, body };
    const follows = options['follow_redirects'] !== false;
    const answer = await sendAllowed(request, follows, world);
    if (options['error_on_5xx'] === true && answer.status >= 500)
      throw new Error(`http: ${url} answered ${answer.status}, and error_on_5xx is true`);
    return resultOf(answer.status, answer.headers, answer.body);
  }
  const request = { method: method.toUpperCase(), path, contentType, body };
  const answer = answerStorageRequest(world.storage, world.settings.storageMiss, request);
  const bytes = method === 'head' ? Buffer.alloc(0) : Buffer.from(answer.body);
  return resultOf(answer.status, new Headers({ 'content-type': answer.contentType }), bytes);
}

function resultOf(status: number, headers: Headers, bytes: Buffer): Json {
  return {
    status,
    headers: Object.fromEntries([...headers].map(([name, value]) => [name, [value]])),
    body: interpret(bytes.toString(), headers.get('content-type') ?? ''),
    body_base64: bytes.toString('base64'),
  };
}

/** The path in the local storage; `undefined` when the URL leads elsewhere. */
function storagePath(url: string, { origin }: World): string | undefined {
  const parsed = URL.canParse(url, origin) ? new URL(url, origin) : null;
  // The server listens on 127.0.0.1, which people call localhost.
  const host = parsed?.origin.replace('//localhost:', '//127.0.0.1:') ?? '';
  const local = [origin, placeholderOrigin].includes(host);
  const path = /^\/storage\/(.+)$/.exec(parsed?.pathname ?? '')?.[1];
  return local ? path : undefined;
}

function readHeaders(given: Json | undefined): Headers {
  try {
    return new Headers((given ?? {}) as { [name: string]: string });
  } catch (cause) {
    throw new Error(`http: headers must map names to text; received ${show(given)}`, { cause });
  }
}

function readBody(given: Json | undefined, contentType: string | null) {
  if (typeof given !== 'object' || given === null)
    return { body: Buffer.from(String(given ?? '')), contentType };
  if (contentType?.startsWith('application/x-www-form-urlencoded') && isObject(given)) {
    if (Object.values(given).some((value) => typeof value === 'object')) {
      throw new Error(`http: a form body with nested values is not emulated; received ${show(given)}`);
    }
    const form = new URLSearchParams(Object.entries(given).map(([name, value]) => [name, String(value)]));
    return { body: Buffer.from(form.toString()), contentType };
  }
  return { body: Buffer.from(JSON.stringify(given)), contentType: contentType ?? 'application/json' };
}

/** A JSON response is there as its value; any other as text. */
function interpret(text: string, contentType: string): Json {
  if (!contentType.startsWith('application/json')) return text;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}
