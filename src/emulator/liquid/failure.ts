import { LiquidError } from 'liquidjs';

/** Why a template could not be parsed or rendered, and at which of its lines. */
export interface Failure {
  message: string;
  line: number;
}

/** LiquidJS's error without its own way of saying where. */
export function failureOf(error: unknown): Failure {
  if (!LiquidError.is(error)) return { message: (error as Error).message, line: 1 };
  const { message } = error.originalError ?? error;
  return { message: message.replace(/, line:\d+, col:\d+$/, ''), line: error.token.getPosition()[0] ?? 1 };
}
