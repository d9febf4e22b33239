/** Thrown for options that are wrong. */
export class OptionsError extends TypeError {
  /** One for each faulty option: its path, what it must be, and what was received. */
  readonly faults: readonly string[];

  constructor(faults: readonly string[], options?: ErrorOptions) {
    super(`The local Mechanic cannot start: ${faults.join('. ')}.`, options);
    this.faults = faults;
  }
}
