import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { html } from 'hono/html';
import type { Settings } from '../check-options.js';

const cookie = 'customer';
/** Not an id: it overrides the option `signedIn`. */
const signedOut = 'signed-out';

/** Who is signed in: what the cookie says, else the option `signedIn`. */
export function customerOf(c: Context, { customers, signedIn }: Settings): string | null {
  const id = getCookie(c, cookie);
  if (id === undefined) return signedIn;
  return customers.some((customer) => customer.id === id) ? id : null;
}

/** `GET /account/login`: a button for each customer. */
export function loginPage({ customers }: Settings): ReturnType<typeof html> {
  const buttons = customers.map(
    ({ id, email }) => html`<p><button name="customer" value="${id}">${email}</button></p>`,
  );
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Sign in</title></head>
<body><main><h1>Sign in</h1>
<form action="/account/login" method="post"><input type="hidden" name="return_to" value="/">${buttons}</form>
</main></body></html>`;
}

/** `POST /account/login` with the form field `customer`. */
export async function signIn(c: Context, { customers }: Settings): Promise<Response> {
  const { customer } = await c.req.parseBody();
  const known = customers.find(({ id }) => id === customer);
  if (known === undefined) return c.text(`There is no customer ${String(customer)}.`, 422);
  return await answer(c, known.id);
}

/** `POST /account/logout` */
export async function signOut(c: Context): Promise<Response> {
  return await answer(c, signedOut);
}

async function answer(c: Context, value: string): Promise<Response> {
  const { return_to: returnTo } = await c.req.parseBody();
  const { origin } = new URL(c.req.url);
  if (typeof returnTo === 'string' && !isPath(returnTo, origin)) {
    return c.text(`return_to must be a path on this storefront; received ${returnTo}`, 400);
  }
  setCookie(c, cookie, value, { httpOnly: true, sameSite: 'Lax', path: '/' });
  return typeof returnTo === 'string' ? c.redirect(returnTo, 303) : c.body(null, 204);
}

/** Browsers read `//host` and `/\\host` as another origin, so that a leading slash proves nothing. */
function isPath(path: string, origin: string): boolean {
  return path.startsWith('/') && URL.canParse(path, origin) && new URL(path, origin).origin === origin;
}
