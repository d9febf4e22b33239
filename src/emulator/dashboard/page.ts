import { html } from 'hono/html';
import { seenFrom } from '../seen-from.js';
import type { World } from '../world.js';
import { eventsView } from './events.js';
import { postForm, settingsForm } from './forms.js';
import type { Html } from './parts.js';
import { storesView } from './stores.js';

/** Nothing runs or loads here but the page's own files, whatever a shopper sent. */
export const pageHeaders = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

/**
 * The page at `/`: what came in, and what became of it. The script fetches it again each second.
 *
 * @param request the page's own, with `?q=`: only what contains that text is shown.
 */
export function page(world: World, request: Request) {
  const text = new URL(request.url).searchParams.get('q')?.trim() ?? '';
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Local Mechanic</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="/dashboard/style.css">
<script src="/dashboard/script.js" type="module"></script>
</head>
<body>
<header class="bar">
<h1>Local Mechanic</h1>
<form action="/" role="search"><label class="hidden" for="filter">Show only what contains</label>
<input id="filter" name="q" type="search" value="${text}" placeholder="UUID, request id or any text" autocomplete="off" spellcheck="false"></form>
<nav aria-label="Parts"><a href="#events">Events</a> <a href="#cache">Cache</a> <a href="#files">Files</a> <a href="#metafields">Metafields</a></nav>
${faultsView(world)}
<span class="live" role="status" data-key="live" data-own>reload to see more</span>
</header>
<div class="columns">
<main>
${eventsView(world, text)}
${storesView(world, text)}
</main>
<aside>
${postForm(world)}
${settingsForm(world)}
${addressesView(world, request)}
</aside>
</div>
</body>
</html>`;
}

/** Said at the top, as one who forgets a fault looks for it elsewhere. */
function faultsView({ faults }: World): Html | string {
  const { on = 'webhook', ...kinds } = faults.get();
  if (Object.keys(kinds).length === 0) return '';
  return html`<span class="faulty" data-key="faulty">faults at ${[on].flat().join(', ')}</span>`;
}

function addressesView(world: World, request: Request): Html {
  const { settings, storefrontOrigin } = world;
  const origin = seenFrom(world, world.origin, request);
  const storefront = storefrontOrigin && seenFrom(world, storefrontOrigin, request);
  const row = (name: string, url: string) => html`<dt>${name}</dt><dd><code>${url}</code></dd>`;
  return html`<section class="card addresses" data-key="addresses" aria-label="Addresses">
<h2>Addresses</h2>
<dl>
${storefront === null ? '' : html`<dt>Storefront</dt><dd><a href="${storefront}">${storefront}</a></dd>`}
${settings.webhooks.map(({ id, name, topic }) => row(`Webhook ${name ?? topic}`, `${origin}/webhook/${id}`))}
${settings.cacheEndpoints.map(({ id, key }) => row(`Cache endpoint ${key}`, `${origin}/cache/${id}`))}
</dl>
</section>`;
}
