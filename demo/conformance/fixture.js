import { fileUrl, put, until, webhookUrl } from './tools.js';

const FORM =
  '<form><input name="n" value="1" required> <button name="action" value="save">Send</button></form>';
const REGIONS = `
  <p data-mechanic="pending" hidden>
    <progress data-mechanic-progress></progress> <span data-mechanic-message>Hold on</span>
  </p>
  <p data-mechanic="done" hidden><b data-mechanic-text="total"></b></p>
  <p data-mechanic="failed" hidden>
    <span data-mechanic-message></span> <button type="button" data-mechanic-retry>Again</button>
  </p>`;

const EVENTS = ['submit', 'accepted', 'progress', 'result', 'error'].map((name) => `mechanic:${name}`);

/** The HTML of a `<mechanic-form>`. An attribute that is `null` is left out. */
export function markup({ webhook = 'silent', form = FORM, regions = REGIONS, ...attributes } = {}) {
  const given = { webhook: webhookUrl(webhook), 'stored-file': fileUrl, ...attributes };
  const quoted = Object.entries(given)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${name}="${value}"`);
  return `<mechanic-form ${quoted.join(' ')}>${form}${regions}</mechanic-form>`;
}

/** A `<mechanic-form>` on the page, with its parts at hand and the events that were heard of it. */
export function mechanicForm(options) {
  return fixtureOf(put(markup(options)));
}

export function fixtureOf(host) {
  const find = (selector) => host.querySelector(selector);
  const heard = [];
  for (const type of EVENTS) host.addEventListener(type, (event) => heard.push(event));
  return {
    host,
    heard,
    find,
    form: find('form'),
    button: find('form button'),
    /** What a visitor sees of the regions, as one line. */
    get shown() {
      const regions = [...host.querySelectorAll('[data-mechanic]')].filter(({ hidden }) => !hidden);
      return regions.map(({ textContent }) => textContent.replace(/\s+/g, ' ').trim()).join(' | ');
    },
    send: () => find('form button').click(),
    retry: () => find('[data-mechanic-retry]').click(),
    /** Waits for a state. */
    reaches: (state) => soon(() => host.getAttribute('state') === state),
    details: (name) => heard.filter(({ type }) => type === `mechanic:${name}`).map(({ detail }) => detail),
  };
}

/** Waits until something is so, and lets every wait look at once meanwhile: a page that is back online does. */
export function soon(read) {
  return until(() => {
    dispatchEvent(new Event('online'));
    return read();
  });
}

/** Counts what a page asks, whoever asks, but for the scenario's own questions. Call `stop` at the end. */
export function watchRequests(part) {
  const original = window.fetch;
  const watch = {
    count: 0,
    stop: () => {
      window.fetch = original;
    },
  };
  window.fetch = (input, init) => {
    if (String(input?.url ?? input).includes(part)) watch.count++;
    return original(input, init);
  };
  return watch;
}
