import { partsOf } from './parts.js';

/** The states of a `<mechanic-form>`. */
export type FormState = 'idle' | 'pending' | 'done' | 'failed';

const LIVE = '[role=status],[role=alert],[aria-live]';

/** The regions that have their role from here. */
const ours = new WeakSet<Element>();

/** The regions inside a live region of the page's own that are quiet for now. */
const hushed = new WeakSet<Element>();

const statesOf = (region: HTMLElement) => (region.dataset['mechanic'] ?? '').split(/\s+/);

/** Not the form itself, which can be a region, too, of the state `idle`, and not the words on a button. */
const isNews = (region: HTMLElement) => !statesOf(region).includes('idle') && !region.closest('button');

/**
 * Shows the regions of one state and hides the others. A change is said once: a region that gets the focus is read
 * out for that, any other is a live region, by its own role or by the one it gets here. The focus moves only if it was
 * inside: to the result, and off what has just been hidden.
 */
export function showRegions(host: HTMLElement, state: FormState): void {
  const focused = (host.getRootNode() as Document).activeElement;
  const regions = partsOf(host, '[data-mechanic]');
  const shown = regions.filter((region) => statesOf(region).includes(state));
  const isLost = regions.some((region) => !shown.includes(region) && region.contains(focused));
  const news = shown.find(isNews);
  // A focus on what is hidden would fall back to the top of the page.
  const next = isLost ? (news ?? shown[0] ?? host) : state === 'done' ? news : undefined;
  const target = host.contains(focused) ? next : undefined;
  for (const region of regions) {
    if (region === target) hush(region);
    else voice(region);
    region.hidden = !shown.includes(region);
  }
  if (target) focus(target);
}

/** Lets a region's changes be said. */
export function voice(region: HTMLElement): void {
  if (hushed.delete(region)) region.removeAttribute('aria-live');
  const hasOther = region.closest(LIVE) || region.querySelector(LIVE);
  if (!isNews(region) || (hasOther && !ours.has(region))) return;
  ours.add(region);
  region.setAttribute('role', statesOf(region).includes('failed') ? 'alert' : 'status');
}

/** Keeps a region from being said, too, while it is read out for the focus. */
function hush(region: HTMLElement): void {
  if (ours.has(region)) region.removeAttribute('role');
  else if (!region.hasAttribute('aria-live')) {
    hushed.add(region);
    region.setAttribute('aria-live', 'off');
  }
}

/** Moves the focus to a region, which cannot be reached by keyboard otherwise, and shall not be afterwards. */
function focus(region: HTMLElement): void {
  if (!region.hasAttribute('tabindex')) {
    region.tabIndex = -1;
    region.addEventListener('blur', () => region.removeAttribute('tabindex'), { once: true });
  }
  region.focus();
}
