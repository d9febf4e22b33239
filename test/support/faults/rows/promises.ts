import type { Promised } from '../row.ts';

/** As if nothing had happened. */
export const unharmed: Promised = { sees: 'working → price', taken: 1, worked: 1 };

/** It is not sent again, and the shopper is told that it may not have arrived. */
export const untold: Promised = { sees: 'working → no connection', taken: 0, worked: 0 };

/** The shopper is told that it failed. */
export const refused: Promised = { sees: 'working → our side', taken: 0, worked: 0 };

/** It is kept, and sent when it can be. */
export const sentLater: Promised = { sees: 'working → saved → working → price', taken: 1, worked: 1 };

/** It arrived, which the page learns from the result; with an outbox the shopper is told in between that it is kept. */
export const learnt: Promised = { ...sentLater, sees: [`${sentLater.sees}`, `${unharmed.sees}`] };
