import { MechanicError } from 'mechanic-storefront';

/** The {@link MechanicError} that a promise rejects with. */
export async function errorOf(promise: Promise<unknown>): Promise<MechanicError> {
  const reason = await reasonOf(promise);
  if (reason instanceof MechanicError) return reason;
  throw new Error('rejected with something else', { cause: reason });
}

/** Whatever a promise rejects with. */
export function reasonOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    (value) => {
      throw new Error(`resolved with ${JSON.stringify(value)}`);
    },
    (reason: unknown) => reason,
  );
}

/** The {@link MechanicError} that a call throws at once. */
export function thrownBy(call: () => unknown): MechanicError {
  try {
    call();
  } catch (error) {
    if (error instanceof MechanicError) return error;
    throw new Error('threw something else', { cause: error });
  }
  throw new Error('threw nothing');
}
