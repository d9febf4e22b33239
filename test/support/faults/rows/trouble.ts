import type { Exchange, Fault, Method } from '../network.ts';
import type { Scene } from '../row.ts';

/** How long trouble lasts, milliseconds of the page's time: over before the outbox's second attempt. */
export const LASTS_MS = 20_000;

/** Something that begins before the submission, and ends while the shopper still waits. */
export function during(begin: (scene: Scene) => unknown, end: (scene: Scene) => unknown = healed) {
  return async (scene: Scene) => {
    await begin(scene);
    await scene.tab.submit();
    await scene.tab.pass(LASTS_MS);
    await end(scene);
    await scene.tab.conclude();
  };
}

const healed = ({ network }: Scene) => network.heal();

/** A fault that meets requests for as long as it lasts. */
export const lasting = (method: Method, fault: Fault) => during(({ network }) => network.meet(method, fault));

/** A fault that meets the next requests. @param times how many; all of them, if not given */
export const meeting = (method: Method, fault: Fault, times?: number) => async (scene: Scene) => {
  scene.network.meet(method, fault, times);
  await scene.tab.submit();
  await scene.tab.conclude();
};

export const cut: Fault = ({ cut }) => cut();

export const takeAndCut: Fault = async ({ take, cut }) => {
  await take();
  cut();
};

/** Answers in place of Mechanic, which does not get the request. */
export const answerWith =
  (status: number, headers: { [name: string]: string } = {}, body: string | null = null): Fault =>
  ({ answer }) =>
    answer(new Response(body, { status, headers }));

export const loginPage = '<!doctype html><title>Sign in</title><h1>Sign in</h1>';

export const htmlPage = answerWith(200, { 'content-type': 'text/html; charset=utf-8' }, loginPage);

/** Sends requests to a login on the same server. */
export const redirect: Fault = (exchange: Exchange) =>
  exchange.path === '/login' ? htmlPage(exchange) : answerWith(302, { location: '/login' })(exchange);

/** A request that is held up on its way, until the test says what becomes of it. */
export function hold() {
  const reached = Promise.withResolvers<void>();
  const decided = Promise.withResolvers<Fault>();
  const fault: Fault = async (exchange) => {
    reached.resolve();
    await (await decided.promise)(exchange);
  };
  return { fault, reached: reached.promise, decide: decided.resolve };
}

export const pass: Fault = async ({ take, answer }) => answer(await take());
