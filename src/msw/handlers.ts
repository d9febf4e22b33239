import { type HttpHandler, HttpResponse, http } from 'msw';
import type { Emulator } from '../emulator/index.js';

/** What {@link mechanicHandlers} answers beyond Mechanic's own hosts. */
export interface MechanicHandlersOptions {
  /** Your own origins: `https://shop.example`, without a path. @default none */
  origins?: {
    /** The storefront's: `?section_id`, `?sections` and `?view` are rendered, all else is left alone. @default none */
    storefront?: string;
    /** The storage's: `https://cdn.example/results/1.json` is the file `results/1.json`. @default none */
    storage?: string;
  };
}

/** Where a local Mechanic stores files while it does not listen. */
const storagePlaceholder = 'https://storage.mechanic.test';

/**
 * Handlers for msw that let a local Mechanic answer at Mechanic's own addresses: webhooks in both forms, cache
 * endpoints, and storage. A connection that a fault cuts is a network error.
 *
 * @param emulator from `createEmulator`; it need not listen.
 * @param options origins of your own that it answers for, too.
 *
 * @example
 * const server = setupServer(...mechanicHandlers(createEmulator({ … })));
 */
export function mechanicHandlers(
  { fetch, storefront }: Pick<Emulator, 'fetch' | 'storefront'>,
  { origins = {} }: MechanicHandlersOptions = {},
): HttpHandler[] {
  const handlers = [
    'https://webhooks.mechanic.dev/*',
    'https://usemechanic.com/webhook/*',
    'https://usemechanic.com/cache/*',
    `${storagePlaceholder}/storage/*`,
  ].map((path) => http.all(path, ({ request }) => answer(fetch, request)));

  if (origins.storage !== undefined) {
    const { origin } = new URL(origins.storage);
    handlers.push(
      http.all(`${origin}/*`, ({ request }) => {
        const { pathname } = new URL(request.url);
        return answer(fetch, new Request(`${storagePlaceholder}/storage${pathname}`, request));
      }),
    );
  }
  if (origins.storefront !== undefined) {
    const { origin } = new URL(origins.storefront);
    handlers.push(
      http.get(`${origin}/*`, ({ request }) => {
        const { searchParams } = new URL(request.url);
        const renders = ['section_id', 'sections', 'view'].some((name) => searchParams.has(name));
        // Without an answer, msw asks the next handler.
        return renders ? answer(storefront, request) : undefined;
      }),
    );
  }
  return handlers;
}

async function answer(respond: (request: Request) => Promise<Response>, request: Request): Promise<Response> {
  try {
    return await respond(request);
  } catch (error) {
    // As from fetch: the connection was cut.
    if (error instanceof TypeError) return HttpResponse.error();
    throw error;
  }
}
