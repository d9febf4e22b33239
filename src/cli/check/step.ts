/** The steps of a check, in their order. The names are for scripts, and stay. */
export const stepNames = [
  'webhook.dns',
  'webhook.connect',
  'webhook.tls',
  'result.dns',
  'result.connect',
  'result.tls',
  'result.look',
  'result.cors',
  'result.caching',
  'webhook.preflight',
  'webhook.post',
  'webhook.cors',
  'webhook.request-id',
  'result.uuid',
] as const;

export type StepName = (typeof stepNames)[number];

/** The parts of a set-up that are looked at. */
export type Part = 'webhook' | 'result';

/**
 * - `ok`: as it should be
 * - `warn`: it works, and may not for long, or not for all
 * - `fail`: wrong, and named
 * - `open`: nothing is wrong that could be seen, but it is not proven either
 * - `skip`: it does not apply here
 */
export type StepStatus = 'ok' | 'warn' | 'fail' | 'open' | 'skip';

/** What one step found. None of its texts holds anything of a body that could be about other shoppers. */
export interface Step {
  name: StepName;
  status: StepStatus;
  /** How long it took, milliseconds; `null` where no time passed for it. */
  ms: number | null;
  says: string;
  /** What stands proven by it. */
  proves?: string;
  /** What it cannot tell. */
  leavesOpen?: string;
  /** What to look at because of it, the likeliest first. */
  lookAt?: string | string[];
}

/** The steps so far. */
export class Steps {
  readonly all: Step[] = [];
  readonly #told: (step: Step) => void;

  /** @param told called with each step as it is taken */
  constructor(told: (step: Step) => void) {
    this.#told = told;
  }

  add(
    name: StepName,
    status: StepStatus,
    says: string,
    { ms = null, ...rest }: Partial<Pick<Step, 'ms' | 'proves' | 'leavesOpen' | 'lookAt'>> = {},
  ): void {
    const step = { name, status, ms: ms === null ? null : Math.round(ms), says, ...rest };
    this.all.push(step);
    this.#told(step);
  }

  has(status: StepStatus, name?: StepName): boolean {
    return this.all.some((step) => step.status === status && (name ?? step.name) === step.name);
  }

  /** What to look at because of the steps with this status. */
  lookAt(status: StepStatus): string[] {
    return this.all.flatMap((step) => (step.status === status ? (step.lookAt ?? []) : []));
  }
}
