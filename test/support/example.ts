import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import { chromiumOptions } from './chromium.ts';

const tarball = resolve('examples/mechanic-storefront.tgz');

interface Ended {
  status: number | null;
  output: string;
}

/** One of the examples, somewhere else, with what npm installs for it and nothing of this repository. */
export interface Example {
  folder: string;
  /** Runs a command in it to its end. */
  run(command: string, args: string[], env?: NodeJS.ProcessEnv): Ended;
  /** Runs one of its npm scripts until the test is over, and returns what it has printed once that matches. */
  start(script: string, args: string[], pattern: RegExp): Promise<RegExpExecArray>;
}

/** What a shell of the user's would have: nothing of the run of tests that this is. */
function environment(): NodeJS.ProcessEnv {
  const ours =
    /^(VITEST|TEST$|NODE_ENV$|NODE_OPTIONS$|MODE$|DEV$|PROD$|SSR$|BASE_URL$|FORCE_COLOR$|npm_(?!config_))/;
  const theirs = Object.entries(process.env).filter(([name]) => !ours.test(name));
  return { ...Object.fromEntries(theirs), NO_COLOR: '1', CHROMIUM_PATH: chromiumOptions().executablePath };
}

/** Copies an example beside the packed package, and installs it as its README says. For the tests of one file. */
export function useExample(name: string): Example {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'example-')));
  const folder = join(root, name);
  const env = environment();

  const run: Example['run'] = (command, args, more) => {
    const { status, stdout, stderr } = spawnSync(command, args, {
      cwd: folder,
      encoding: 'utf8',
      env: { ...env, ...more },
      shell: process.platform === 'win32',
    });
    return { status, output: stdout + stderr };
  };

  beforeAll(() => {
    if (!existsSync(tarball)) throw new Error(`${tarball} is not there. Run: npm run examples`);
    cpSync(tarball, join(root, basename(tarball)));
    const made = ['node_modules', 'dist', 'build'];
    cpSync(resolve('examples', name), folder, {
      recursive: true,
      filter: (path) => !made.includes(basename(path)),
    });
    const { status, output } = run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline']);
    if (status !== 0) throw new Error(`npm install in examples/${name}:\n${output}`);
  });
  afterAll(() => rmSync(root, { recursive: true }));

  return {
    folder,
    run,
    async start(script, args, pattern) {
      // A group of its own, so that what npm starts ends with it.
      const child = spawn('npm', ['run', script, '--', ...args], { cwd: folder, env, detached: true });
      const closed = once(child, 'close');
      onTestFinished(async () => {
        if (child.pid && child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
        await closed;
      });
      let said = '';
      for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding('utf8').on('data', (chunk: string) => {
          said += chunk;
        });
      }
      for (;;) {
        const match = pattern.exec(said);
        if (match) return match;
        const ended = closed.then(() => true);
        if (await Promise.race([once(child.stdout, 'data').then(() => false), ended])) {
          throw new Error(`npm run ${script} ended:\n${said}`);
        }
      }
    },
  };
}
