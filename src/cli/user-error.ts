/** Thrown for what whoever typed the command can put right: its message is all that they are shown. */
export class UserError extends Error {}
