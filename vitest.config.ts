import { fileURLToPath } from 'node:url';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { leanKy } from './scripts/lean-ky.ts';
import { eventsOf, startMechanic, stopMechanic } from './test/browser/mechanic.commands.ts';
import { chromiumOptions } from './test/support/chromium.ts';

const source = (path: string) => fileURLToPath(new URL(`./src/${path}`, import.meta.url));

export default defineConfig({
  // Of ky the tests, too, have only what is shipped.
  plugins: [leanKy()],
  optimizeDeps: { exclude: ['ky'] },
  resolve: {
    alias: [
      { find: /^mechanic-storefront$/, replacement: source('index.ts') },
      { find: /^mechanic-storefront\/element$/, replacement: source('element/index.ts') },
      { find: /^mechanic-storefront\/outbox$/, replacement: source('outbox/index.ts') },
      { find: /^mechanic-storefront\/react$/, replacement: source('react/index.ts') },
      { find: /^mechanic-storefront\/emulator$/, replacement: source('emulator/index.ts') },
      { find: /^mechanic-storefront\/msw$/, replacement: source('msw/index.ts') },
    ],
  },
  test: {
    // Without this Vitest empties style sheets, also those that are imported as text.
    css: true,
    server: { deps: { inline: ['ky'] } },
    // What `npm run fuzz` says.
    provide: {
      fuzz: {
        factor: Number(process.env['FUZZ_FACTOR'] ?? 1),
        seed: process.env['FUZZ_SEED'] ? Number(process.env['FUZZ_SEED']) : null,
      },
    },
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          include: ['test/{sdk,emulator,msw,cli,package,consumer,compilers,fuzz,model}/**/*.test.ts'],
          // A package is packed and linted, and TypeScript runs, in some of them.
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'chromium',
          include: ['test/browser/**/*.test.{ts,tsx}'],
          browser: {
            enabled: true,
            headless: true,
            provider: playwright({ launchOptions: chromiumOptions() }),
            instances: [{ browser: 'chromium' }],
            screenshotFailures: false,
            commands: { startMechanic, stopMechanic, eventsOf },
          },
        },
      },
      {
        // Real pages of the local storefront with the script tag's build, driven from Node: what needs two real origins.
        extends: true,
        test: {
          name: 'pages',
          include: ['test/pages/**/*.test.ts'],
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      {
        // The conformance page in each of the browsers' engines.
        extends: true,
        test: {
          name: 'engines',
          include: ['test/engines/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 30_000,
        },
      },
      {
        // Each example somewhere else, with the packed package: `npm run examples`. It needs the npm registry.
        extends: true,
        test: {
          name: 'examples',
          include: ['test/examples/**/*.test.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
