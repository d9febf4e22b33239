import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [react()],
  // Fake time costs real time where a machine is busy.
  test: { environment: 'jsdom', testTimeout: 60_000 },
});
