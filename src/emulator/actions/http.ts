import { isObject, type Json, show } from '../json.js';
import { answerStorageRequest } from '../storage-request.js';
import type { World } from '../world.js';
import { readOptions, readText } from './arguments.js';
import type { ActionContext } from './performer.js';

const methods = ['options', 'head', 'get', 'post', 'put', 'patch', 'delete'];

/** Stands for the storage bucket while no port is known yet. */
const placeholderOrigin = 'https://storage.mechanic.test';

/**
 * Sends a request, but only to the local storage: the local Mechanic never uses the network.
 * Source of fact for options and result: Mechanic docs, "HTTP action".
 */
export function httpAction(received: Json, { world }: ActionContext): Json {
  const options = readOptions('http', received, {
    required: ['method', 'url'],
    optional: ['body', 'headers', 'follow_redirects', 'error_on_5xx'],
  });
  const method = readText('http', 'method', options['method']).toLowerCase();
  if (!methods.includes(method))
    throw new Error(`http: method must be one of ${methods.join(', ')}; received "${method}"`);
  const path = storagePath(readText('http', 'url', options['url']), world);
  const headers = readHeaders(options['headers']);
  const { body, contentType } = readBody(options['body'], headers.get('content-type'));
  const request = { method: method.toUpperCase(), path, contentType, body };
  const answer = answerStorageRequest(world.storage, world.settings.storageMiss, request);
  const bytes = method === 'head' ? Buffer.alloc(0) : Buffer.from(answer.body);
  return {
    status: answer.status,
    headers: { 'content-type': [answer.contentType] },
    body: interpret(bytes.toString(), answer.contentType),
    body_base64: bytes.toString('base64'),
  };
}

function storagePath(url: string, { origin }: World): string {
  const parsed = URL.canParse(url, origin) ? new URL(url, origin) : null;
  // The server listens on 127.0.0.1, which people call localhost.
  const host = parsed?.origin.replace('//localhost:', '//127.0.0.1:') ?? '';
  const local = [origin, placeholderOrigin].includes(host);
  const path = /^\/storage\/(.+)$/.exec(parsed?.pathname ?? '')?.[1];
  if (local && path !== undefined) return path;
  const remedy = `the local Mechanic only reaches its own storage, ${origin}/storage/<path> or ${placeholderOrigin}/storage/<path>`;
  throw new Error(`http: network refused for ${url}: ${remedy}`);
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
