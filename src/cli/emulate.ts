import { createEmulator, type Emulator, type EmulatorOptions } from '../emulator/index.js';
import { OptionsError } from '../emulator/options-error.js';
import { readConfig } from './config.js';
import { example } from './example.js';
import { readFlags } from './flags.js';
import { usage } from './usage.js';
import { UserError } from './user-error.js';

/**
 * Runs a local Mechanic until SIGINT or SIGTERM.
 *
 * @throws UserError for a wrong flag or config, and for a port that is in use.
 */
export async function emulate(args: string[]): Promise<void> {
  const { help, config, listen, options, faults } = readFlags(args);
  if (help) {
    process.stdout.write(usage);
    return;
  }
  const given: EmulatorOptions = config === undefined ? example : await readConfig(config);
  const mechanic = create({ ...given, ...options }, config);
  mechanic.faults.set({ ...mechanic.faults.get(), ...faults });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop(mechanic));
  const { url, storefrontUrl } = await mechanic.listen(listen).catch((cause: Error) => {
    throw new UserError(`${cause.message}\nThe flags for that are --port and --storefront-port.`, { cause });
  });
  process.stdout.write(`
  The storefront   ${storefrontUrl}
  Mechanic         ${url}   (its dashboard: events, task runs, actions, cache, files, metafields)
${config === undefined ? exampleNote(url) : ''}
  Ctrl-C stops both.

`);
}

function create(options: EmulatorOptions, config: string | undefined): Emulator {
  try {
    return createEmulator(options);
  } catch (error) {
    if (!(error instanceof OptionsError)) throw error;
    throw new UserError(error.faults.map((fault) => `${config}: ${fault}`).join('\n'));
  }
}

function exampleNote(url: string): string {
  const [[webhook], [endpoint]] = [example.webhooks, example.cacheEndpoints];
  return `
  No config file was named, so this is an example; mechanic-storefront --help says what a config is.
  Webhook          ${url}/webhook/${webhook?.id}
  Cache endpoint   ${url}/cache/${endpoint?.id}
`;
}

async function stop(mechanic: Emulator): Promise<void> {
  await mechanic.close();
  process.stdout.write('  Stopped.\n');
}
