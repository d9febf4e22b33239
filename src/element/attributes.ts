import {
  cacheEndpoint,
  type Encoding,
  MechanicError,
  type ResultSource,
  renderedMetafield,
  storedFile,
  type WebhookOptions,
} from '../index.js';

/** The attributes that say where the result comes back. */
const ROUTES: { readonly [attribute: string]: (value: string) => ResultSource } = {
  'cache-endpoint': (url) => cacheEndpoint(url),
  'stored-file': (url) => storedFile(url),
  'metafield-section': (section) => renderedMetafield({ section }),
};

/** One source for each place: forms that wait at the same one share its requests. */
const sources = new Map<string, ResultSource>();

/** An attribute's value; a blank one, as a theme setting that nobody filled in gives, is none. */
export const attribute = (element: Element, name: string): string | undefined =>
  element.getAttribute(name)?.trim() || undefined;

/**
 * The source that the attributes describe, if any.
 * @throws {MechanicError} `configuration`
 */
export function sourceOf(element: Element): ResultSource | undefined {
  const given = Object.keys(ROUTES).filter((name) => attribute(element, name));
  const [name] = given;
  if (!name) return undefined;
  if (given.length > 1) throw misconfigured(given.join(' and '), 'Give one of them.');
  const value = attribute(element, name) as string;
  const key = `${name} ${value}`;
  const source = sources.get(key) ?? (ROUTES[name] as (value: string) => ResultSource)(value);
  sources.set(key, source);
  return source;
}

/**
 * What the attributes say of the webhook, with the element's place for results.
 * @throws {MechanicError} `configuration`, with the attribute and what it received
 */
export function webhookOptionsOf(
  element: Element & { readonly result: ResultSource | undefined },
): WebhookOptions {
  const seconds = attribute(element, 'timeout') ?? '120';
  if (!(Number(seconds) > 0)) throw misconfigured(`timeout="${seconds}"`, 'Give seconds above 0.');
  return {
    url: attribute(element, 'webhook') as string,
    result: element.result,
    timeoutMs: Number(seconds) * 1_000,
    encoding: attribute(element, 'encoding') as Encoding | undefined,
    idField: attribute(element, 'id-field'),
    idempotent: element.hasAttribute('idempotent'),
    resumeKey: element.hasAttribute('resume')
      ? `mechanic-form ${attribute(element, 'webhook')} ${attribute(element, 'resume') ?? ''}`
      : undefined,
  };
}

const misconfigured = (received: string, remedy: string) =>
  new MechanicError('configuration', `<mechanic-form>: received ${received}. ${remedy}`);
