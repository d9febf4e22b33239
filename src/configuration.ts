import { MechanicError, quote } from './errors.js';

/** A `configuration` error: what an option received, and what it takes. */
export function misconfigured(option: string, received: unknown, remedy: string): MechanicError {
  return new MechanicError('configuration', `${option}: received ${quote(received)}. ${remedy}`, {
    observed: { path: option },
  });
}

/** Parses an absolute http(s) URL; `fetch` refuses one with a user name in it. */
export function webAddress(option: string, url: unknown): URL {
  const address = URL.canParse(String(url)) ? new URL(String(url)) : undefined;
  if (address && /^https?:$/.test(address.protocol) && !(address.username || address.password))
    return address;
  throw misconfigured(option, url, 'Give an absolute http(s) URL.');
}
