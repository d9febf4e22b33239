import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { createEmulator } from 'mechanic-storefront/emulator';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { snippets } from '../support/snippets.ts';
import { useStorefront } from '../support/storefront.ts';
import { taskFile } from '../support/task-file.ts';

// The components of docs/react.md against what was built, in each version of React. Only the hosts are changed.
const [hook = '', element = ''] = snippets('docs/react.md', 'tsx');
const [task = ''] = snippets('README.md', 'liquid');

// In strict mode, and as a page that takes over from a server.
const page = `
import { StrictMode, version } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { renderToString } from 'react-dom/server.browser';
import { Quote } from './hook';
import { QuoteForm } from './element';
const app = location.search ? <QuoteForm /> : <Quote />;
const root = document.getElementById('root');
root.innerHTML = renderToString(app);
hydrateRoot(root, <StrictMode>{app}</StrictMode>);
document.title = version;
`;

/** Puts the built package into a project, as a file of its own: a link would find this project's React. */
function installBuilt(project: string): void {
  const installed = join(project, 'node_modules/mechanic-storefront');
  mkdirSync(installed, { recursive: true });
  cpSync('package.json', join(installed, 'package.json'));
  for (const part of ['index', 'element', 'react', 'chunks', 'outbox', 'polling', 'sources']) {
    const from = resolve('dist', part);
    cpSync(from.endsWith('index') ? `${from}.js` : from, join(installed, 'dist', part === 'index' ? 'index.js' : part), { recursive: true });
  }
}
