import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { executable } from './executable.ts';

/** A screen that nobody sees. */
export interface Display {
  /** What `DISPLAY` must be for programs that draw on it. */
  name: string;
  close(): Promise<void>;
}

/** Starts an X server on the first free display. */
export async function openDisplay(): Promise<Display> {
  const path = executable({
    what: 'Xvfb, for WebKit',
    variable: 'XVFB_PATH',
    installed: ['/usr/bin/Xvfb'],
    remedy: 'Install it (Debian: apt-get install xvfb)',
  });
  const number = 3;
  const server = spawn(
    path,
    ['-displayfd', `${number}`, '-screen', '0', '1400x1000x24', '-nolisten', 'tcp'],
    {
      stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    },
  );
  const name = await displayOf(server, server.stdio[number] as Readable);
  // A test runner that is killed leaves nothing behind.
  const kill = () => server.kill('SIGKILL');
  process.once('exit', kill);
  return {
    name,
    async close() {
      process.off('exit', kill);
      if (server.exitCode !== null) return;
      const ended = once(server, 'exit');
      server.kill();
      await ended;
    },
  };
}

/** The X server says on the pipe which display it has taken. */
async function displayOf(server: ChildProcess, pipe: Readable): Promise<string> {
  let complaint = '';
  server.stderr?.setEncoding('utf8').on('data', (text: string) => {
    complaint += text;
  });
  let said = '';
  for await (const text of pipe.setEncoding('utf8')) {
    said += text;
    if (said.endsWith('\n')) return `:${said.trim()}`;
  }
  throw new Error(`Xvfb has not started. ${complaint}`);
}
