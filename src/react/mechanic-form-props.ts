import type { DetailedHTMLProps, HTMLAttributes } from 'react';
import type { MechanicFormElement, MechanicFormEventMap } from '../element/index.js';
import type { Encoding, ReadContext, Reading, ResultSource, Webhook } from '../index.js';

/** `''` is there in each version of React; React 18 makes `"false"` of `false`, which is there, too. */
type Flag = '' | boolean | undefined;

/** A listener for one of the element's events. React 19 listens; in React 18 use a ref and `addEventListener`. */
type Listener<Name extends keyof MechanicFormEventMap> =
  | ((event: MechanicFormEventMap[Name]) => void)
  | undefined;

/** The attributes of `<mechanic-form>` in JSX; docs/element.md says what they mean. */
export interface MechanicFormProps
  extends DetailedHTMLProps<HTMLAttributes<MechanicFormElement>, MechanicFormElement> {
  /** The webhook's URL; React 19 also takes what `createWebhook` returned. */
  webhook?: string | Webhook | undefined;
  /** The result comes back in this cache endpoint: its URL. @default none */
  'cache-endpoint'?: string | undefined;
  /** The result comes back in this file: a URL with `{id}` in it. @default none */
  'stored-file'?: string | undefined;
  /** The result comes back in a customer metafield that this section renders. @default none */
  'metafield-section'?: string | undefined;
  /** How long to wait for the result, seconds from the submission. @default 120 */
  timeout?: number | string | undefined;
  /** How the form travels. @default 'form', or 'multipart' with a file */
  encoding?: Encoding | undefined;
  /** The name under which the UUID travels in the data. @default 'uuid' */
  'id-field'?: string | undefined;
  /** The task works once per UUID, so a submission may be sent again. @default not there */
  idempotent?: Flag;
  /** Sends a copy, and lets the form's own submission go on. @default none */
  mode?: 'mirror' | undefined;
  /** Goes on waiting after a navigation, in this tab; a text is the name of the form. @default not there */
  resume?: string | boolean | undefined;
  /** Empties the form once the result is there. @default not there */
  reset?: Flag;
  /** The shopper's words for one code: `message-timeout`. */
  [message: `message-${string}`]: string | undefined;
  /** Where the result comes back, if not in the place that an attribute names. React 19. */
  result?: ResultSource | ((look: ReadContext) => Promise<Reading>) | undefined;
  /** Before anything is sent. React 19. */
  'onmechanic:submit'?: Listener<'mechanic:submit'>;
  /** Mechanic has taken the submission. React 19. */
  'onmechanic:accepted'?: Listener<'mechanic:accepted'>;
  /** One step in the life of the run. React 19. */
  'onmechanic:progress'?: Listener<'mechanic:progress'>;
  /** The value is there, and shown. React 19. */
  'onmechanic:result'?: Listener<'mechanic:result'>;
  /** It failed, and the shopper was told. React 19. */
  'onmechanic:error'?: Listener<'mechanic:error'>;
}

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'mechanic-form': MechanicFormProps;
    }
  }
}
