import { partsOf } from './parts.js';

/** The states of a `<mechanic-form>`. */
export type FormState = 'idle' | 'pending' | 'done' | 'failed';

const LIVE = '[role=status],[role=alert],[aria-live]';

/** The regions that have their role from here. */
const ours = new WeakSet<Element>();

const statesOf = (region: HTMLElement) => (region.dataset['mechanic'] ?? '').split(/\s+/);

/**
 * Shows the regions of one state and hides the others. A change is said once: a region that gets the focus is read
 * out for that, any other is a live region, by its own role or by the one it gets here. The focus moves only if it was
 * inside: to the result, and off what has just been hidden.
 */
export function showRegions(host: HTMLElement, state: FormState): void {
  const focused = (host.getRootNode() as Document).activeElement;
  const regions = partsOf(host, '[data-mechanic]');
  const shown = regions.filter((region) => statesOf(region).includes(state));
  const hasFocus = host.contains(focused);
  const isLost = regions.some((region) => !shown.includes(region) && region.contains(focused));
  const target = hasFocus && (isLost || state === 'done') ? shown[0] : undefined;
  for (const region of regions) {
    if (region !== target) giveRole(region);
    else if (ours.has(region)) region.removeAttribute('role');
    region.hidden = !shown.includes(region);
  }
  if (target) focus(target);
}

function giveRole(region: HTMLElement): void {
  const states = statesOf(region);
  // The form itself can be a region, too, of the state `idle`.
  if (states.includes('idle')) return;
  if (!ours.has(region) && (region.closest(LIVE) || region.querySelector(LIVE))) return;
  ours.add(region);
  region.setAttribute('role', states.includes('failed') ? 'alert' : 'status');
}

/** Moves the focus to a region, which cannot be reached by keyboard otherwise, and shall not be afterwards. */
function focus(region: HTMLElement): void {
  if (!region.hasAttribute('tabindex')) {
    region.tabIndex = -1;
    region.addEventListener('blur', () => region.removeAttribute('tabindex'), { once: true });
  }
  region.focus();
}
