import { z } from 'zod';
import { faultPlaces } from './faults.js';

const share = z.number('must be a share from 0 to 1').min(0, 'must be 0 or more').max(1, 'must be 1 or less');
const notNegative = z.number('must be a number').min(0, 'must be 0 or more');
const status = z
  .int('must be a status from 400 to 599')
  .min(400, 'must be 400 or more')
  .max(599, 'must be 599 or less');
const places = `must be ${faultPlaces.map((place) => `"${place}"`).join(', ')}, or a list of these`;
const place = z.enum(faultPlaces, places);

/** What `Faults` look like. */
export const faultsSchema = z.strictObject(
  {
    on: z.union([place, z.array(place)], places).optional(),
    delayMs: notNegative.optional(),
    drop: share.optional(),
    status: status.optional(),
    retryAfterSeconds: notNegative.optional(),
    loseResponses: share.optional(),
    hideCors: z.boolean('must be true or false').optional(),
  },
  'must be an object',
);
