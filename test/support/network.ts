import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, expect, vi } from 'vitest';
import { turns } from './time.ts';

/** One request that reached the network. */
export interface Sent {
  method: string;
  url: string;
  contentType: string | null;
  body: string;
}

/** Makes one answer. It is called once for each request, as a body can be read only once. */
export type Answer = () => Response | Promise<Response>;

/** Answers. The last one of a list is given again and again. */
export const json =
  (value: unknown): Answer =>
  () =>
    HttpResponse.json(value as null);
export const text =
  (body: string, init?: ResponseInit): Answer =>
  () =>
    new HttpResponse(body, init);
export const status =
  (code: number, headers: Record<string, string> = {}): Answer =>
  () =>
    new HttpResponse(null, { status: code, headers });
export const accepted = status(204, { 'x-request-id': '6b1f0d5e-3c1b-4a57-8d2e-5a1c7e9f0b42' });
export const noResponse: Answer = () => HttpResponse.error();
export const silence: Answer = () => new Promise<never>(() => {});

/**
 * Puts msw between this file's tests and the network. After each test it fails on a request that no handler of the
 * test took, and on a rejection that nobody handled. msw's own check lets `*.json` and `*.html` pass to the network,
 * so the last handler takes everything.
 */
export function useNetwork() {
  const strays: string[] = [];
  const unhandled: unknown[] = [];
  const record = (reason: unknown) => unhandled.push(reason);
  const server = setupServer(
    http.all('*', ({ request }) => {
      strays.push(`${request.method} ${request.url}`);
      return HttpResponse.error();
    }),
  );
  beforeAll(() => {
    process.on('unhandledRejection', record);
    server.listen();
  });
  afterEach(async () => {
    vi.useRealTimers();
    // Node reports a rejection as unhandled after the microtasks that could still have handled it.
    await turns();
    server.resetHandlers();
    expect(strays.splice(0)).toEqual([]);
    expect(unhandled.splice(0)).toEqual([]);
  });
  afterAll(() => {
    process.off('unhandledRejection', record);
    server.close();
  });

  return {
    /** Answers one address for the rest of the test; returns what it is sent, to be counted. */
    answer(url: string, ...answers: [Answer, ...Answer[]]): Sent[] {
      const sent: Sent[] = [];
      server.use(
        http.all(url, async ({ request }) => {
          const next = answers[Math.min(sent.length, answers.length - 1)] ?? silence;
          const { method } = request;
          const contentType = request.headers.get('content-type');
          sent.push({ method, url: request.url, contentType, body: await request.text() });
          return next();
        }),
      );
      return sent;
    },
  };
}
