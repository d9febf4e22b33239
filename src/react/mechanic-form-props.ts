import type { DetailedHTMLProps, HTMLAttributes } from 'react';
import type { MechanicFormElement, MechanicFormEventMap } from '../element/index.js';
import type { Encoding, ReadContext, Reading, ResultSource, SubmissionKeeper, Webhook } from '../index.js';

/** `''` is there in each version of React; React 18 makes `"false"` of `false`, which is there, too. */
type Flag = '' | boolean | undefined;

/** React 19 listens by these. In React 18 use a ref and `addEventListener`. */
type Listeners = {
  readonly [Name in keyof MechanicFormEventMap as `on${Name}`]?:
    | ((event: MechanicFormEventMap[Name]) => void)
    | undefined;
};

/** The attributes of `<mechanic-form>` in JSX; docs/element.md says what they mean. */
export interface MechanicFormProps
  extends DetailedHTMLProps<HTMLAttributes<MechanicFormElement>, MechanicFormElement>,
    Listeners {
  /** The webhook's URL; React 19 also takes what `createWebhook` returned. */
  webhook?: string | Webhook | undefined;
  'cache-endpoint'?: string | undefined;
  'stored-file'?: string | undefined;
  'metafield-section'?: string | undefined;
  /** Seconds. */
  timeout?: number | string | undefined;
  encoding?: Encoding | undefined;
  'id-field'?: string | undefined;
  idempotent?: Flag;
  mode?: 'mirror' | undefined;
  resume?: string | boolean | undefined;
  reset?: Flag;
  /** The shopper's words for one code: `message-timeout`. */
  [message: `message-${string}`]: string | undefined;
  /** React 19. */
  result?: ResultSource | ((look: ReadContext) => Promise<Reading>) | undefined;
  /** React 19. */
  outbox?: SubmissionKeeper | undefined;
}

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'mechanic-form': MechanicFormProps;
    }
  }
}
