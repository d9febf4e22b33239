import { printed } from '../source-emitter.js';
import { isNil, refuseOthers, type TaskFilters } from './filter.js';
import { toOperand } from './numbers.js';

/**
 * Money, with the symbol in front as Mechanic's docs show it for every locale. Symbols and digits are those of the
 * runtime's own locale data.
 */
export const moneyFilters: TaskFilters = {
  currency(input, { positional: [code], named, host }) {
    refuseOthers('currency', named, ['locale']);
    if (isNil(input)) return null;
    const format = new Intl.NumberFormat(printed(named['locale'] ?? 'en'), {
      style: 'currency',
      currency: printed(code ?? host.currency),
      currencyDisplay: 'narrowSymbol',
    });
    const parts = format.formatToParts(Math.abs(toOperand(input).value));
    const symbol = parts.find(({ type }) => type === 'currency')?.value ?? '';
    const digits = parts.filter(({ type }) => type !== 'currency' && type !== 'literal');
    const sign = toOperand(input).value < 0 ? '-' : '';
    // Locale data has narrow and unbreakable spaces, where Mechanic's docs show a plain one.
    return `${sign}${symbol}${digits.map(({ value }) => value.replace(/\s/g, ' ')).join('')}`;
  },
};
