import type { Accepted, Data, MechanicError, Update } from '../index.js';

/** What `mechanic:submit` carries. Change `data`, or put other data in its place, before it is sent. */
export interface SubmitDetail {
  /** What will be sent: the form as `FormData`, or what `submit(data)` was given. */
  data: Data;
  /** The button that submitted the form, if one did. */
  readonly submitter: HTMLElement | null;
}

/** What `mechanic:result` carries. */
export interface ResultDetail {
  /** The run's UUID. */
  readonly id: string;
  /** The task's value, as JSON gives it. Plain data: never render a string of it as HTML. */
  readonly value: unknown;
}

/** What `mechanic:error` carries. */
export interface ErrorDetail {
  /** For developers. What a source of the page's own threw is passed on as it is. */
  readonly error: MechanicError;
  /** What the shopper was told. */
  readonly message: string;
}

/** The events of `<mechanic-form>`. All bubble and are composed; only `mechanic:submit` can be cancelled. */
export interface MechanicFormEventMap {
  /** Before anything is sent. Cancelled, nothing is. */
  'mechanic:submit': CustomEvent<SubmitDetail>;
  /** Mechanic has taken the submission; whether a task runs is not known. */
  'mechanic:accepted': CustomEvent<Accepted>;
  /** One step in the life of the run. */
  'mechanic:progress': CustomEvent<Update>;
  /** The value is there, and shown. */
  'mechanic:result': CustomEvent<ResultDetail>;
  /** It failed, and the shopper was told. */
  'mechanic:error': CustomEvent<ErrorDetail>;
}

declare global {
  interface HTMLElementEventMap extends MechanicFormEventMap {}
  interface DocumentEventMap extends MechanicFormEventMap {}
}

/** Dispatches one of the element's events. Returns `false` when it was cancelled. */
export function tell<Name extends keyof MechanicFormEventMap>(
  element: HTMLElement,
  type: Name,
  detail: MechanicFormEventMap[Name]['detail'],
): boolean {
  const cancelable = type === 'mechanic:submit';
  return element.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true, cancelable }));
}
