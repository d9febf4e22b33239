import type { FilterImplOptions, Token } from 'liquidjs';
import { toValue } from 'liquidjs';
import type { Random } from '../../random.js';
import { toFloat } from '../float.js';
import { isFloatLiteral } from '../literals.js';

/** What filters need to know of the shop and the run. */
export interface Host {
  /** Where randomness comes from. */
  random: Random;
  /** The shop's time zone, by its name in the tz database. */
  zone: string;
  /** The shop's currency, as ISO 4217 has it. */
  currency: string;
}

/** What is given to a filter after its colon. */
export interface FilterArguments {
  positional: readonly unknown[];
  named: { readonly [name: string]: unknown };
  host: Host;
}

/** Input and arguments are JSON values; nil is `undefined` or `null`. What it throws fails the task run. */
export type TaskFilter = (input: unknown, given: FilterArguments) => unknown;

/** Filters by name. */
export interface TaskFilters {
  [name: string]: TaskFilter;
}

/** A filter as LiquidJS takes it. */
export function toLiquidFilter(filter: TaskFilter, host: Host): FilterImplOptions {
  return function (input: unknown, ...values: unknown[]): unknown {
    const positional: unknown[] = [];
    const named: { [name: string]: unknown } = {};
    values.forEach((value, index) => {
      const argument: Token | readonly unknown[] | undefined = this.token.args[index];
      // Only the token tells `tz: "UTC"` from an array of two.
      if (Array.isArray(argument)) {
        const [name, content] = value as [string, unknown];
        named[name] = toValue(content);
      } else {
        const plain: unknown = toValue(value);
        positional.push(isFloatLiteral(argument as Token) ? toFloat(Number(plain)) : plain);
      }
    });
    return filter(toValue(input), { positional, named, host });
  };
}

/** @throws Error for a named argument that the filter does not have: a typo would go unseen. */
export function refuseOthers(
  filter: string,
  named: FilterArguments['named'],
  known: readonly string[],
): void {
  const unknown = Object.keys(named).find((name) => !known.includes(name));
  if (unknown !== undefined) throw new Error(`${filter}: there is no option "${unknown}"`);
}

export function isNil(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}
