import { ConnectionCut } from '../faults.js';
import type { Engine } from './engine.js';
import { MissingFileError } from './theme-files.js';

/** Source of fact: shopify.dev, "Section Rendering API". */
const maxSections = 5;

/** `?section_id=x`: one section as HTML; 404 when there is no such section. */
export async function answerSection(engine: Engine, id: string, scope: object): Promise<Response> {
  return htmlResponse(await engine.renderSection(id, scope));
}

/** `?sections=a,b`: sections by id as JSON, each `null` when it cannot be rendered; 400 beyond five. */
export async function answerSections(engine: Engine, list: string, scope: object): Promise<Response> {
  const ids = list.split(',').filter((id) => id !== '');
  if (ids.length > maxSections)
    return new Response(`At most ${maxSections} sections at once.`, { status: 400 });
  const rendered = ids.map(async (id) => [id, await engine.renderSection(id, scope).catch(() => null)]);
  return Response.json(Object.fromEntries(await Promise.all(rendered)), {
    headers: { 'cache-control': 'no-store' },
  });
}

/** A rendered page or section. */
export function htmlResponse(html: string): Response {
  const headers = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' };
  return new Response(html, { headers });
}

/** A file that is missing is 404; a fault in one is 500, with LiquidJS's message: it names file and line. */
export function errorResponse(error: Error): Response {
  if (error instanceof ConnectionCut) throw error;
  return new Response(error.message, { status: error instanceof MissingFileError ? 404 : 500 });
}
