import { MechanicFormElement } from './mechanic-form.js';

export type { ErrorDetail, MechanicFormEventMap, ResultDetail, SubmitDetail } from './events.js';
export { MechanicFormElement } from './mechanic-form.js';

declare global {
  interface HTMLElementTagNameMap {
    'mechanic-form': MechanicFormElement;
  }
}

// A theme and an app may both bring the script: the first one registers the element, and the second leaves it alone.
if (globalThis.customElements && !customElements.get('mechanic-form')) {
  customElements.define('mechanic-form', MechanicFormElement);
}
