import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const source = (path: string) => fileURLToPath(new URL(`./src/${path}`, import.meta.url));

export default defineConfig({
  resolve: {
    alias: [
      { find: /^mechanic-storefront$/, replacement: source('index.ts') },
      { find: /^mechanic-storefront\/emulator$/, replacement: source('emulator/index.ts') },
    ],
  },
  test: {
    projects: [
      {
        extends: true,
        test: { name: 'node', environment: 'node', include: ['test/{sdk,emulator,package}/**/*.test.ts'] },
      },
    ],
  },
});
