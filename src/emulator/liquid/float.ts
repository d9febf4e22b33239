/**
 * A whole number that is a float in Ruby, such as `5.0`. Mechanic's Liquid runs on Ruby, where `13 | divided_by: 2`
 * is 6 and `13 | divided_by: 2.0` is 6.5; JavaScript's numbers cannot tell which one was meant.
 * It has the methods by which LiquidJS compares objects.
 */
export class Float extends Number {
  equals(other: unknown): boolean {
    return isNumeric(other) && Number(other) === this.valueOf();
  }

  gt(other: unknown): boolean {
    return this.valueOf() > Number(other);
  }

  geq(other: unknown): boolean {
    return this.valueOf() >= Number(other);
  }

  lt(other: unknown): boolean {
    return this.valueOf() < Number(other);
  }

  leq(other: unknown): boolean {
    return this.valueOf() <= Number(other);
  }

  /** As Ruby prints it. */
  override toString(): string {
    return `${this.valueOf()}.0`;
  }
}

/** Whether it is a number, of either kind. */
export function isNumeric(value: unknown): value is number | Float {
  return typeof value === 'number' || value instanceof Float;
}

/** Whether Ruby would hold it as a float. */
export function isFloat(value: unknown): boolean {
  return value instanceof Float || (typeof value === 'number' && !Number.isInteger(value));
}

/** A result that is a float: wrapped where JavaScript's number would not show it. */
export function toFloat(value: number): number | Float {
  return Number.isInteger(value) ? new Float(value) : value;
}
