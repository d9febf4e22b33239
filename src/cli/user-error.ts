/** Thrown for what whoever typed the command can put right: its message is all that they are shown. */
export class UserError extends Error {
  /** What the command ends with. */
  readonly exitCode: number;

  /** @param options `exitCode` is 1 by default */
  constructor(message: string, { exitCode = 1, ...options }: ErrorOptions & { exitCode?: number } = {}) {
    super(message, options);
    this.exitCode = exitCode;
  }
}
