// Every name that a user may import, listed by hand.
export { type MechanicHandlersOptions, mechanicHandlers } from './handlers.js';
