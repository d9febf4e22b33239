import { Hono } from 'hono';
import { cors } from 'hono/cors';
import { createDashboard } from '../dashboard/routes.js';
import { ConnectionCut } from '../faults.js';
import { receiveWebhook } from '../ingress/receive.js';
import { hideCors, injectFaults } from '../inject-faults.js';
import { answerStorageRequest } from '../storage-request.js';
import type { World } from '../world.js';
import { answerCacheRequest } from './cache-endpoint.js';

/** Answers requests to Mechanic's origin. */
export type MechanicFetch = (request: Request, clientIp: string) => Promise<Response>;

const paths =
  'There are POST /webhook/<uuid>, POST /<uuid>, GET /cache/<uuid>, /storage/<path> and the dashboard at /.';

/** Mechanic's origin: webhooks, cache endpoints, storage and the dashboard. */
export function createMechanicFetch(world: World): MechanicFetch {
  const app = new Hono<{ Bindings: { clientIp: string } }>();
  const { exposeRequestId, storageMiss } = world.settings;
  const allowHeaders = ['content-type'];
  const exposeHeaders = exposeRequestId ? ['x-request-id'] : [];

  app.route('/', createDashboard(world));

  app.use(
    '/cache/:id',
    hideCors(world, 'cache'),
    cors({ origin: '*', allowMethods: ['GET'], allowHeaders }),
    injectFaults(world, 'cache'),
  );
  app.get('/cache/:id', (c) => answerCacheRequest(world, c.req.param('id')));
  app.all('/cache/:id', (c) => c.text('A cache endpoint takes GET only.', 405, { allow: 'GET' }));

  app.use(
    '/storage/*',
    hideCors(world, 'storage'),
    cors({ origin: '*', allowMethods: ['GET', 'PUT', 'POST', 'DELETE'], allowHeaders }),
    injectFaults(world, 'storage'),
  );
  app.all('/storage/*', async (c) => {
    const path = new URL(c.req.url).pathname.replace('/storage/', '');
    const contentType = c.req.header('content-type') ?? null;
    const body = new Uint8Array(await c.req.arrayBuffer());
    const answer = answerStorageRequest(world.storage, storageMiss, {
      method: c.req.method,
      path,
      contentType,
      body,
    });
    return new Response(answer.body, {
      status: answer.status,
      headers: {
        'content-type': answer.contentType,
        // Files share the dashboard's origin: a page among them must not act there.
        'content-security-policy': 'sandbox',
        'x-content-type-options': 'nosniff',
      },
    });
  });

  for (const path of ['/webhook/:id', '/:id']) {
    app.use(
      path,
      hideCors(world, 'webhook'),
      cors({ origin: '*', allowMethods: ['POST'], allowHeaders, exposeHeaders }),
      injectFaults(world, 'webhook'),
    );
    app.post(path, (c) => receiveWebhook(world, c.req.raw, c.req.param('id') ?? '', c.env.clientIp));
    app.all(path, (c) => c.text('A webhook takes POST only.', 405, { allow: 'POST' }));
  }

  app.notFound((c) => c.text(`Nothing is at ${c.req.path}. ${paths}`, 404));
  app.onError((error, c) => {
    if (error instanceof ConnectionCut) throw error;
    return c.text(`The local Mechanic failed: ${error.message}`, 500);
  });
  return async (request, clientIp) => await app.fetch(request, { clientIp });
}
