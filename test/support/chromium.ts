import { existsSync } from 'node:fs';
import { chromium } from 'playwright';

const installed = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/**
 * How the tests start Chromium: `CHROMIUM_PATH`, an installed Chromium or Chrome, or the one that Playwright brings.
 * The switches keep it from looking for its maker's servers.
 */
export function chromiumOptions(): { executablePath: string; args: string[] } {
  const executablePath = [process.env['CHROMIUM_PATH'], ...installed, chromium.executablePath()].find(
    (path) => path && existsSync(path),
  );
  if (!executablePath) {
    throw new Error(
      'The browser tests need Chromium or Chrome. Install one (Debian: apt-get install chromium; elsewhere: ' +
        'Google Chrome, or npx playwright@1 install chromium), or name one in CHROMIUM_PATH.',
    );
  }
  const quiet = [
    'disable-quic',
    'no-first-run',
    'disable-background-networking',
    'disable-component-update',
    'disable-sync',
  ];
  // Chromium's sandbox refuses to run as root, which CI containers do.
  const asRoot = process.getuid?.() === 0 ? ['no-sandbox'] : [];
  return { executablePath, args: [...quiet, ...asRoot, 'disable-gpu'].map((name) => `--${name}`) };
}
