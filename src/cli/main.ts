#!/usr/bin/env node
import { usage } from './usage.js';
import { UserError } from './user-error.js';

const commands: { [name: string]: (args: string[]) => Promise<void> } = {
  // Loaded when it is called: a check needs nothing of the local Mechanic, which takes most of the time to load.
  emulate: async (args) => await (await import('./emulate.js')).emulate(args),
  check: async (args) => await (await import('./check/check.js')).check(args),
};

const [name = '--help', ...args] = process.argv.slice(2);
const command = Object.hasOwn(commands, name) ? commands[name] : undefined;

if (command === undefined && ['--help', '-h', 'help'].includes(name)) process.stdout.write(usage);
else {
  try {
    if (command === undefined) throw new UserError(`There is no command "${name}".\n\n${usage}`);
    await command(args);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    process.stderr.write(`${error.message.trimEnd()}\n`);
    process.exitCode = error.exitCode;
  }
}
