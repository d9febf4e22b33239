import { parseArgs } from 'node:util';
import { checkFaults, checkLatency } from '../emulator/check-options.js';
import type { EmulatorOptions, Faults, ListenOptions } from '../emulator/index.js';
import { OptionsError } from '../emulator/options-error.js';
import { UserError } from './user-error.js';

/** What was typed after `emulate`, checked. */
export interface Flags {
  help: boolean;
  /** Path of the config file. */
  config: string | undefined;
  listen: ListenOptions;
  /** What stands over the config file. */
  options: Pick<EmulatorOptions, 'latency'>;
  /** One by one, so that a flag leaves the config's other faults as they are. */
  faults: Faults;
}

const value = { type: 'string' } as const;
const options = {
  help: { type: 'boolean', short: 'h' },
  host: value,
  port: value,
  'storefront-port': value,
  latency: value,
  drop: value,
  'lose-responses': value,
  status: value,
  delay: value,
  'hide-cors': { type: 'boolean' },
} as const;

const defaultPort = 4100;

/** @throws UserError that names the flag. */
export function readFlags(args: string[]): Flags {
  const { values, positionals } = parse(args);
  if (positionals.length > 1)
    throw new UserError(`emulate takes one config file; received ${positionals.join(' ')}`);
  const port = readPort('port', values.port) ?? defaultPort;
  const { latency, drop, 'lose-responses': loseResponses, status, delay: delayMs } = values;
  const faults = Object.entries({ drop, loseResponses, status, delayMs }).flatMap(([name, text]) =>
    text === undefined ? [] : [[name, Number(text.trim() || Number.NaN)]],
  );
  const flags: Flags = {
    help: values.help ?? false,
    config: positionals[0],
    listen: {
      ...readHost(values.host),
      port,
      storefrontPort: readPort('storefront-port', values['storefront-port']) ?? (port && port + 1),
    },
    options:
      latency === undefined
        ? {}
        : { latency: /^[\d.-]/.test(latency) ? Number(latency) : (latency as 'fast') },
    faults: { ...Object.fromEntries(faults), ...(values['hide-cors'] && { hideCors: true }) },
  };
  naming(() => flags.options.latency !== undefined && checkLatency(flags.options.latency));
  naming(() => checkFaults(flags.faults));
  return flags;
}

function parse(args: string[]) {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw new UserError(`${(error as Error).message}\nFor all of them: mechanic-storefront --help`);
  }
}

function readPort(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new UserError(`--${name} must be a port from 0 to 65535; received ${text}`);
}

function readHost(host: string | undefined): Pick<ListenOptions, 'host'> {
  if (host === undefined) return {};
  if (host === '127.0.0.1' || host === '0.0.0.0') return { host };
  throw new UserError(`--host must be 127.0.0.1 or 0.0.0.0; received ${host}`);
}

/** Says of a flag what the local Mechanic says of the option that it stands for. */
function naming(check: () => unknown): void {
  try {
    check();
  } catch (error) {
    if (!(error instanceof OptionsError)) throw error;
    throw new UserError(error.faults.map((fault) => fault.replace(/^\S+/, flagOf)).join('\n'));
  }
}

/** `faults.loseResponses` → `--lose-responses` */
function flagOf(path: string): string {
  const name = path.replace('faults.', '').replace(/Ms$/, '');
  return `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
