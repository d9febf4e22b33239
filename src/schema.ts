import { MechanicError } from './errors.js';
import type { StandardSchema } from './types.js';

/**
 * The value as the schema gives it back; without a schema, as it came.
 * @throws {MechanicError} `bad_result` with the schema's issues
 */
export async function checked<T>(value: unknown, schema: StandardSchema<T> | undefined): Promise<T> {
  if (!schema) return value as T;
  const outcome = await schema['~standard'].validate(value);
  if (!outcome.issues) return outcome.value;
  const { issues } = outcome;
  throw new MechanicError(
    'bad_result',
    `The schema refused the value: ${issues[0]?.message}. Publish what it expects.`,
    {
      observed: { issues },
    },
  );
}
