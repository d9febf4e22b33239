import { serveStatic } from '@hono/node-server/serve-static';
import { type Context, Hono } from 'hono';
import { html } from 'hono/html';
import { injectFaults } from '../inject-faults.js';
import type { World } from '../world.js';
import { customerOf, loginPage, signIn, signOut } from './account.js';
import { createEngine } from './engine.js';
import { createScope } from './scope.js';
import { answerSection, answerSections, errorResponse, htmlResponse } from './sections.js';
import { ThemeFiles } from './theme-files.js';

/** Answers requests to the storefront's origin: a Shopify storefront, as far as pages need it. */
export function createStorefrontFetch(world: World): (request: Request) => Promise<Response> {
  const { settings } = world;
  const engine = createEngine(settings);
  const scopeOf = (c: Context) => createScope(world, c.req.raw, customerOf(c, settings));
  const app = new Hono();

  // Before the password page: in Shopify, assets come from a CDN.
  app.use('/assets/*', async (c, next) => {
    await next();
    c.header('cache-control', 'no-store');
  });
  const rewriteRequestPath = (path: string) => path.replace('/assets/', '/');
  for (const root of new ThemeFiles(settings).folders('assets'))
    app.get('/assets/*', serveStatic({ root, rewriteRequestPath }));
  app.get('/assets/*', (c) => c.text(`No asset folder has ${c.req.path.replace('/assets/', '')}.`, 404));

  app.get('/password', (c) => c.html(passwordPage));
  app.use(async (c, next) => (settings.password ? c.redirect('/password', 302) : await next()));

  app.get('/account/login', (c) => c.html(loginPage(settings)));
  app.post('/account/login', (c) => signIn(c, settings));
  app.post('/account/logout', (c) => signOut(c));

  const faulty = injectFaults(world, 'section');
  app.get('*', async (c, next) => {
    const renders = ['section_id', 'sections', 'view'].some((name) => c.req.query(name) !== undefined);
    return renders ? await faulty(c, next) : await next();
  });

  app.get('*', async (c, next) => {
    const { section_id: id, sections } = c.req.query();
    if (id !== undefined) return await answerSection(engine, id, scopeOf(c));
    if (sections !== undefined) return await answerSections(engine, sections, scopeOf(c));
    return await next();
  });

  const page = async (c: Context, templates: string[], scope: object) => {
    const view = c.req.query('view');
    const names = view === undefined ? templates : [`${templates.at(-1)}.${view}`];
    return htmlResponse(await engine.renderPage(names, { ...scopeOf(c), ...scope }));
  };
  app.get('/', (c) => page(c, ['index'], {}));
  app.get('/pages/:handle', (c) => {
    const handle = c.req.param('handle');
    // As if the merchant had given the page the template of its name.
    return page(c, [`page.${handle}`, 'page'], { page: { handle, url: c.req.path } });
  });

  app.notFound((c) =>
    c.text(
      `The local storefront has no ${c.req.path}; there are /, /pages/<handle> and /account/login.`,
      404,
    ),
  );
  app.onError(errorResponse);
  return async (request) => await app.fetch(request);
}

const passwordPage = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Opening soon</title></head>
<body><h1>Opening soon</h1><p>This storefront is behind its password page.</p></body></html>`;
