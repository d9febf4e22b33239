// Comes before the SDK. The page's time stands still until the test lets it pass, and passes only while nothing is
// under way: so minutes take moments, and a busy machine times nothing out. Requests and storage are the browser's.

const asked = new URLSearchParams(location.search);
const realSetTimeout = window.setTimeout.bind(window);
const realClearTimeout = window.clearTimeout.bind(window);
/** Real milliseconds. */
const PATIENCE_MS = 30_000;

/** Epoch milliseconds that have passed, whatever the clock is set to. */
let time = Number(asked.get('at')) || Date.now();
/** What somebody has set the clock to. */
let set = 0;
let isHidden = false;
let isOnline = true;
let lastTimer = 0;
const timers = new Map();
/** Requests, and what is done with storage, that are under way. */
const requests = new Set();
const work = new Set();

Date.now = () => time + set;
window.setTimeout = (callback, ms = 0, ...given) => {
  const id = ++lastTimer;
  timers.set(id, { at: time + Math.max(0, Math.trunc(ms)), run: () => callback(...given) });
  // What shall only come later than this tick does; the browser would slow it down in a tab behind another.
  if (!(ms >= 1)) void turn().then(() => run(id));
  return id;
};
window.clearTimeout = (id) => timers.delete(id);
Object.defineProperty(document, 'visibilityState', { get: () => (isHidden ? 'hidden' : 'visible') });
Object.defineProperty(document, 'hidden', { get: () => isHidden });
Object.defineProperty(navigator, 'onLine', { get: () => isOnline });

/** Follows what a method begins, until its end. */
function watch(owner, method, among, endOf) {
  const real = owner[method];
  owner[method] = function (...given) {
    const begun = real.apply(this, given);
    const end = endOf(begun);
    end.what = `${method} ${given[0] ?? ''}`;
    const done = () => among.delete(end);
    among.add(end);
    end.then(done, done);
    return begun;
  };
}

const oneOf = (events) => (target) =>
  new Promise((resolve) => {
    for (const event of events) target.addEventListener(event, resolve);
  });
const itself = (promise) => promise;
/** Addresses whose submissions somebody blocks. */
let blockedPart = '';
const realFetch = window.fetch;
window.fetch = async (url, init) => {
  if (blockedPart && String(url).includes(blockedPart)) throw new TypeError('Blocked.');
  return realFetch(url, init);
};
watch(window, 'fetch', requests, itself);
watch(Response.prototype, 'text', requests, itself);
watch(IDBFactory.prototype, 'open', work, oneOf(['success', 'error', 'blocked']));
watch(IDBDatabase.prototype, 'transaction', work, oneOf(['complete', 'abort']));

// A page that goes is hidden: what it began with its storage then, in WebKit the next page would wait for.
addEventListener('pagehide', () => {
  isHidden = true;
});

let wasRestored = false;
addEventListener('pageshow', ({ persisted }) => {
  isHidden = false;
  // In WebKit a request never settles that the page has taken into the back/forward cache.
  wasRestored = persisted;
  if (persisted) requests.clear();
});

const turn = () =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });

/** What never ends is a fault of the row: the test is told what it is, and does not wait for ever. */
function orPatience(work, told) {
  return new Promise((resolve, reject) => {
    const timer = realSetTimeout(() => reject(new Error(`It does not end: ${told()}.`)), PATIENCE_MS);
    work.then(() => {
      realClearTimeout(timer);
      resolve();
    });
  });
}

/** Waits until nothing is under way. @param isHeld a request is held up, and is not waited for */
async function rest(isHeld) {
  for (let quiet = 0; quiet < 3; quiet++) {
    await turn();
    const underWay = isHeld ? [...work] : [...work, ...requests];
    if (!underWay.length) continue;
    await orPatience(Promise.allSettled(underWay), () => underWay.map(({ what }) => what));
    quiet = -1;
  }
}

function run(id) {
  const timer = timers.get(id);
  timers.delete(id);
  timer?.run();
}

async function runDueTimers() {
  for (;;) {
    const [next] = [...timers].filter(([, { at }]) => at <= time).sort(([, a], [, b]) => a.at - b.at);
    if (!next) return;
    run(next[0]);
    await turn();
  }
}

const blocked = () => {
  throw new DOMException('The page may not store anything.', 'SecurityError');
};
const full = () => {
  throw new DOMException('The device is full.', 'QuotaExceededError');
};
if (asked.get('storage') === 'blocked') {
  for (const name of ['indexedDB', 'localStorage', 'sessionStorage']) {
    Object.defineProperty(window, name, { get: blocked });
  }
}
if (asked.get('storage') === 'full') {
  Storage.prototype.setItem = full;
  IDBObjectStore.prototype.put = full;
}

const form = () => document.querySelector('mechanic-form');
const shown = () => form()?.querySelector('[data-mechanic]:not([hidden])')?.innerText.trim();

/** What the shopper has seen, in order. */
const seen = [];
addEventListener('DOMContentLoaded', () => {
  const look = () => {
    const words = shown();
    if (words && words !== seen.at(-1)) seen.push(words);
  };
  const host = form();
  if (host) new MutationObserver(look).observe(host, { attributes: true, childList: true, subtree: true });
});

window.control = {
  now: () => time,
  /** Whether it has ended its set-up: its outbox has looked at what is stored. */
  ready: () => rest(false),
  state: () => form()?.getAttribute('state') ?? null,
  seen: () => seen,
  /** Whether it was shown from the back/forward cache. */
  wasRestored: () => wasRestored,
  submit() {
    document.querySelector('[name=pieces]').value = '10';
    document.querySelector('form').requestSubmit();
  },
  leave(path) {
    location.href = `${path}${path.includes('?') ? '&' : '?'}at=${time}`;
  },
  back: () => history.back(),
  /** Waits until what is under way has ended. */
  rest: () => rest(false),
  /** Lets time pass, timer by timer, for `ms` or until the form is in one of these states. */
  async pass({ ms, until = [], isHeld = false }) {
    const end = time + ms;
    for (;;) {
      await rest(isHeld);
      if (until.includes(form()?.getAttribute('state')) || time >= end) break;
      time = Math.min(end, ...[...timers.values()].map(({ at }) => Math.max(at, time)));
      await runDueTimers();
    }
    // In WebKit a request that was given up may never settle.
    if (isHeld) requests.clear();
  },
  /** The device sleeps: time passes at once, and all timers are late. */
  async sleep(ms) {
    time += ms;
    await runDueTimers();
  },
  setClock(ms) {
    set += ms;
  },
  show(isShown) {
    isHidden = !isShown;
    document.dispatchEvent(new Event('visibilitychange'));
  },
  connect(isConnected) {
    isOnline = isConnected;
    dispatchEvent(new Event(isOnline ? 'online' : 'offline'));
  },
  /** Fails requests to addresses with this part, as an extension has the browser do. */
  block(part) {
    blockedPart = part;
  },
};
