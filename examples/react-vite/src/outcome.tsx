import type { WebhookState } from 'mechanic-storefront/react';
import type { Quote } from './quotes.ts';
import { wordsFor } from './words.ts';

const euros = new Intl.NumberFormat('en', { style: 'currency', currency: 'EUR' });
const price = (cents: number) => euros.format(cents / 100);

type OutcomeProps = Pick<WebhookState<Quote>, 'status' | 'value' | 'error' | 'progress' | 'message'>;

/** Its two regions are always there: screen readers announce what changes in them. */
export function Outcome({ status, value, error, progress, message }: OutcomeProps) {
  return (
    <div className="outcome" data-status={status}>
      <div role="status">
        {status === 'pending' && <p>{message ?? 'Your request is on its way.'}</p>}
        {value && (
          <dl>
            <div>
              <dt>{value.shelf}</dt>
              <dd>{price(value.goodsCents)}</dd>
            </div>
            <div>
              <dt>Delivery</dt>
              <dd>{price(value.deliveryCents)}</dd>
            </div>
            <div className="total">
              <dt>Total</dt>
              <dd>{price(value.totalCents)}</dd>
            </div>
            <div>
              <dt>Ready in</dt>
              <dd>{value.readyInDays} days</dd>
            </div>
          </dl>
        )}
      </div>
      {status === 'pending' && <progress aria-label="Progress" max={1} value={progress} />}
      <div role="alert">{error && <p>{wordsFor(error)}</p>}</div>
    </div>
  );
}
