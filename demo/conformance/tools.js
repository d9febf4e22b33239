const setting = JSON.parse(document.getElementById('setting').textContent);
const { mechanic } = document.body.dataset;

/** The script tag's global as it was when the page had loaded: a scenario may load it once more. */
export const sdk = window.MechanicStorefront;

const json = { 'content-type': 'application/json' };

export const webhookUrl = (name) => `${mechanic}/webhook/${setting.webhooks[name]}`;
export const cacheUrl = (name) => `${mechanic}/cache/${setting.cacheEndpoints[name]}`;
export const fileUrl = `${mechanic}/storage/results/{id}.json`;

/** Where results come back. Made anew for each scenario, as looks are shared by source. */
export const byFile = (options) => sdk.storedFile(fileUrl, options);
export const byCache = (options) => sdk.cacheEndpoint(cacheUrl('results'), options);
export const byMetafield = () => sdk.renderedMetafield({ section: 'mechanic-result' });

/** A webhook of the page's Mechanic, that is looked after often, so that the page is soon done. */
export function webhook(name, options = {}) {
  return sdk.createWebhook({ url: webhookUrl(name), schedule: () => 40, timeoutMs: 18_000, ...options });
}

/** Lets Mechanic publish something for a run, by a task like any other. */
export async function publish(place, { id }, content) {
  await post(webhookUrl('publish'), json, JSON.stringify({ place, for: id, content }));
}

/** Faults of the local Mechanic, until the end of the scenario. */
export async function faults(fields) {
  const body = new URLSearchParams();
  for (const [name, value] of Object.entries(fields))
    for (const one of [value].flat()) body.append(name, one);
  await post(`${mechanic}/settings`, {}, body);
}

export const noFaults = () => faults({ clear: 1 });

async function post(url, headers, body) {
  const { ok, status } = await fetch(url, { method: 'POST', headers, body });
  if (!ok) throw new Error(`[POST] ${url}: ${status}`);
}

/** What arrived with this UUID, in order; empty while nothing has. */
export async function arrivals({ id }) {
  const response = await fetch(`${mechanic}/storage/arrivals/${id}.json`, { cache: 'no-store' });
  return response.ok ? await response.json() : [];
}

/** What arrived with this UUID, once something has. */
export function arrived(run) {
  return until(async () => {
    const all = await arrivals(run);
    return all.length > 0 && all;
  });
}

export const signIn = () => account('login', { customer: setting.customer });
export const signOut = () => account('logout', {});

async function account(path, fields) {
  await post(`/account/${path}`, {}, new URLSearchParams(fields));
}

/** A transport that keeps what it was called with, and what was answered. */
export function watchedFetch() {
  const calls = [];
  return {
    calls,
    get posts() {
      return calls.filter(({ method }) => method === 'POST');
    },
    get looks() {
      return calls.filter(({ method }) => method !== 'POST');
    },
    fetch(url, init = {}) {
      const call = { url, method: init.method ?? 'GET', init, status: undefined, isOver: false };
      calls.push(call);
      const answer = fetch(url, init);
      answer.then(
        ({ status }) => Object.assign(call, { status, isOver: true }),
        () => Object.assign(call, { isOver: true }),
      );
      return answer;
    },
  };
}

/** How many scenarios are over. What one of them still waits for is then nobody's business. */
let over = 0;

/** Waits until something is so, and returns it. The scenario's own limit ends it when it never is. */
export async function until(read) {
  const begun = over;
  while (begun === over) {
    const value = await read();
    if (value) return value;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return new Promise(() => {});
}

const stage = document.getElementById('stage');

/** Puts HTML on the page, out of sight, and returns its first element. */
export function put(html) {
  stage.insertAdjacentHTML('beforeend', html);
  return stage.lastElementChild;
}

/** Another document of the storefront, in a frame: with the SDK, or `bare`. */
export async function openFrame(handle = 'frame') {
  const frame = document.createElement('iframe');
  frame.src = `/pages/${handle}`;
  const loaded = eventOf(frame, 'load');
  stage.append(frame);
  await loaded;
  return { frame, window: frame.contentWindow, sdk: frame.contentWindow.MechanicStorefront };
}

/** Loads the script tag into a document, be it once more. */
export async function loadScript(document) {
  const script = document.createElement('script');
  script.src = window.document.querySelector('script[src*=mechanic-storefront]').src;
  const loaded = eventOf(script, 'load');
  document.head.append(script);
  await loaded;
  script.remove();
}

/** The next event of its kind, or an `error` instead. */
export function eventOf(target, type) {
  return new Promise((resolve, reject) => {
    target.addEventListener(type, resolve, { once: true });
    target.addEventListener('error', () => reject(new Error(`No ${type}, but an error.`)), { once: true });
  });
}

/** Leaves no trace of a scenario. */
export async function tidy() {
  over++;
  stage.replaceChildren();
  await noFaults();
}
