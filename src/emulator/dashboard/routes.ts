import { type Context, Hono } from 'hono';
import { cors } from 'hono/cors';
import { receiveWebhook } from '../ingress/receive.js';
import type { World } from '../world.js';
import { page, pageHeaders } from './page.js';
import script from './script.js?raw';
import { changeSettings } from './settings.js';
// biome-ignore lint/correctness/useImportExtensions: no module, but a file's text.
import style from './style.css?raw';

/** The dashboard: its page at `/`, its files, and what its forms are sent to. */
export function createDashboard(world: World): Hono<{ Bindings: { clientIp: string } }> {
  const app = new Hono<{ Bindings: { clientIp: string } }>();
  const file = (content: string, type: string) => (c: Context) =>
    c.body(content, 200, { ...pageHeaders, 'content-type': `${type}; charset=utf-8` });

  app.get('/', (c) => c.html(page(world, c.req.raw), 200, pageHeaders));
  app.get('/dashboard/script.js', file(script, 'text/javascript'));
  app.get('/dashboard/style.css', file(style, 'text/css'));

  // A storefront's own switch may set it, from its origin.
  app.post('/settings', cors({ origin: '*' }), async (c) => {
    try {
      changeSettings(world, await c.req.raw.formData());
      return done(c, '');
    } catch (error) {
      return c.text((error as TypeError).message, 422);
    }
  });

  app.post('/dashboard/post', async (c) => {
    const { webhook, json } = (await c.req.parseBody()) as { webhook: string; json: string };
    try {
      JSON.parse(json);
    } catch (error) {
      return c.text(`The data is not JSON: ${(error as SyntaxError).message}`, 422);
    }
    const headers = { 'content-type': 'application/json' };
    const request = new Request(`${world.origin}/webhook/${webhook}`, {
      method: 'POST',
      headers,
      body: json,
    });
    const answer = await receiveWebhook(world, request, webhook, c.env.clientIp);
    return done(c, `Posted. Its request id: ${answer.headers.get('x-request-id')}`);
  });
  return app;
}

/** Back to the page for a form, and the words alone for the page's script. */
function done(c: Context, words: string): Response {
  if (c.req.header('accept')?.includes('text/html')) return c.redirect('/', 303);
  return words === '' ? c.body(null, 204) : c.text(words);
}
