import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

/** How a command ended. */
export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** The built command line, under way. */
export interface Running {
  process: ChildProcess;
  ended: Promise<Ended>;
  /** What it has printed, as soon as that matches. Rejects with all that it said when it ends before. */
  printed(pattern: RegExp): Promise<RegExpExecArray>;
}

/** Starts the built command line. It is killed when the test is over. */
export function start(args: string[], cwd?: string, env: { [name: string]: string } = {}): Running {
  const child = spawn(process.execPath, [cli, ...args], {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (chunk: string) => {
      said[name] += chunk;
    });
  }
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, ...said }));
  return {
    process: child,
    ended,
    async printed(pattern) {
      for (;;) {
        const match = pattern.exec(said.stdout);
        if (match !== null) return match;
        const end = await Promise.race([once(child.stdout, 'data').then(() => null), ended]);
        if (end !== null) throw new Error(`It ended: ${JSON.stringify(end)}`);
      }
    },
  };
}

/** Runs the built command line to its end. */
export async function run(args: string[], cwd?: string, env?: { [name: string]: string }): Promise<Ended> {
  return await start(args, cwd, env).ended;
}
