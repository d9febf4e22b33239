import { type DefaultTreeAdapterMap, parse } from 'parse5';
import { type Fetch, MechanicError } from '../../index.js';

type Node = DefaultTreeAdapterMap['node'];
type Element = DefaultTreeAdapterMap['element'];

/**
 * A transport that asks for a section as a page does, and answers with the JSON in it, as if that were a file: what
 * `renderedMetafield` does, without its DOMParser, which Node has not.
 *
 * @param cookie of a session on the storefront
 * @throws {MechanicError} `unavailable` or `not_signed_in`, with the same meaning as in the SDK
 */
export function sectionFetch(cookie: string | undefined): Fetch {
  return async (url, init = {}) => {
    const headers = cookie === undefined ? {} : { cookie };
    const response = await fetch(url, { ...init, headers });
    if (response.status === 404) throw unavailable(url, response, 'the theme has no such section or page');
    if (!response.ok) return response;
    const element = find(parse(await response.text()));
    if (element === undefined) throw unavailable(url, response, wayTo(response));
    const customer = attribute(element, 'data-mechanic-customer');
    if (customer === '') {
      throw new MechanicError('not_signed_in', `${url}: the section is there, and no customer is signed in`);
    }
    return new Response(attribute(element, 'data-mechanic-result') || textOf(element), {
      headers: { 'content-type': 'application/json' },
    });
  };
}

function unavailable(url: string, { status }: Response, why: string): MechanicError {
  return new MechanicError('unavailable', `${url}: ${why}`, { observed: { url, status } });
}

/** Where a request for a section ended that has none of ours in it. */
function wayTo({ redirected, url }: Response): string {
  const { pathname, origin } = new URL(url);
  if (/\/password$/.test(pathname)) return 'the password page of the storefront is in the way';
  if (/\/login|\/authentication/.test(pathname)) return 'a login is in the way';
  if (redirected) return `it leads to ${origin}${pathname}, where no element has data-mechanic-result`;
  return 'no element of the answer has data-mechanic-result';
}

/** The first element that `renderedMetafield` would take. */
function find(node: Node): Element | undefined {
  if ('attrs' in node && isResult(node)) return node;
  for (const child of 'childNodes' in node ? node.childNodes : []) {
    const found = find(child);
    if (found !== undefined) return found;
  }
  return undefined;
}

function isResult(element: Element): boolean {
  if (attribute(element, 'data-mechanic-result') !== undefined) return true;
  return element.tagName === 'script' && attribute(element, 'type') === 'application/json';
}

function attribute({ attrs }: Element, name: string): string | undefined {
  return attrs.find((attr) => attr.name === name)?.value;
}

function textOf({ childNodes }: Element): string {
  return childNodes.map((child) => ('value' in child ? child.value : '')).join('');
}
