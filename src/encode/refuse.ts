import { MechanicError } from '../errors.js';

/** Refuses data that would be read differently on the other side. Nothing is sent. */
export function refuse(path: string, what: string, remedy: string): never {
  throw new MechanicError('encoding', `${path || 'data'}: ${what}. ${remedy}`, {
    observed: { path },
    delivered: 'no',
  });
}
