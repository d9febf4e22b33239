import type { MechanicEvent } from '../event.js';
import type { Json } from '../json.js';
import type { World } from '../world.js';

/** What an action may read and change. */
export interface ActionContext {
  world: World;
  /** The event whose task run asked for the action. */
  event: MechanicEvent;
}

/**
 * Performs one type of action.
 *
 * @returns the action run's result.
 * @throws Error to fail the action run with its message.
 */
export type Performer = (options: Json, context: ActionContext) => Json | Promise<Json>;
