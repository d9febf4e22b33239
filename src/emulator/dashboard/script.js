// The dashboard's own script. The server renders the page; this fetches it anew each second and changes what has
// changed, so that open details, scroll, focus and typed text stay. Nothing is ever put in as HTML text.

const everyMs = 1_000;
const live = document.querySelector('.live');
const filter = document.getElementById('filter');

let looks = 0;
let lastHtml = '';

/** Shows how things stand now. Of looks that overlap, the last one counts. */
async function refresh() {
  const look = ++looks;
  try {
    const response = await fetch(location.href, { cache: 'no-store' });
    const html = await response.text();
    if (look !== looks) return;
    if (!response.ok) throw new Error(html);
    if (html !== lastHtml) {
      lastHtml = html;
      patch(document.body, new DOMParser().parseFromString(html, 'text/html').body);
    }
    say(live, 'live');
  } catch {
    if (look === looks) say(live, 'not reachable');
  }
}

/** Makes one node like another of the same name, and leaves to the reader what is the reader's. */
function patch(now, next) {
  if (now.nodeType !== Node.ELEMENT_NODE) {
    if (now.data !== next.data) now.data = next.data;
    return;
  }
  if (now.hasAttribute('data-own') || now.isEqualNode(next)) return;
  for (const { name, value } of next.attributes) {
    if (name !== 'open' && now.getAttribute(name) !== value) now.setAttribute(name, value);
  }
  for (const { name } of [...now.attributes]) {
    if (name !== 'open' && !next.hasAttribute(name)) now.removeAttribute(name);
  }
  patchChildren(now, next);
}

/** Children with a key are matched by it, all others by their place. */
function patchChildren(now, next) {
  const wanted = byKey(next);
  for (const [key, child] of byKey(now)) if (!wanted.has(key)) child.remove();
  const kept = byKey(now);
  let at = now.firstChild;
  for (const child of [...next.childNodes]) {
    const key = child.dataset?.key;
    const isLike = at?.nodeName === child.nodeName && at.dataset?.key === undefined;
    const match = key === undefined ? (isLike ? at : undefined) : kept.get(key);
    if (match === at && at) at = at.nextSibling;
    else now.insertBefore(match ?? child, at);
    if (match) patch(match, child);
  }
  while (at) {
    const rest = at;
    at = at.nextSibling;
    rest.remove();
  }
}

function byKey(parent) {
  const keyed = [...parent.children].filter(({ dataset }) => dataset.key !== undefined);
  return new Map(keyed.map((child) => [child.dataset.key, child]));
}

/** Said again, a status would be read out again. */
function say(place, words) {
  if (place.textContent !== words) place.textContent = words;
  place.dataset.says = words;
}

function setFilter() {
  const text = filter.value.trim();
  history.replaceState(null, '', text === '' ? '/' : `/?q=${encodeURIComponent(text)}`);
  void refresh();
}

/** Sends a form, and says beside it what came of that. Only what was asked for goes back to what the server says. */
async function send(form, submitter) {
  const status = form.querySelector('[role=status]');
  try {
    const body = new URLSearchParams(new FormData(form, submitter));
    const response = await fetch(form.action, { method: 'post', body });
    const words = await response.text();
    await refresh();
    if (response.ok && form.dataset.key === 'settings') form.reset();
    say(status, words || (response.ok ? 'Done.' : `${response.status}`));
    status.dataset.ok = String(response.ok);
  } catch {
    say(status, 'Mechanic is not reachable.');
    status.dataset.ok = 'false';
  }
}

document.addEventListener('submit', (event) => {
  event.preventDefault();
  if (event.target.method === 'post') void send(event.target, event.submitter);
  else setFilter();
});
filter.addEventListener('input', setFilter);
document.addEventListener('visibilitychange', () => document.hidden || refresh());

async function look() {
  if (!document.hidden) await refresh();
  setTimeout(look, everyMs);
}
void look();
