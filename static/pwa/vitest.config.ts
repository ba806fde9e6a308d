// Tests of the client's logic run in Node, with IndexedDB and locks played by small fakes.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  test: {
    environment: 'node',
    include: ['src/**/*.test.ts'],
    setupFiles: ['src/core/testing.ts'],
    pool: 'threads',
    isolate: false,
  },
});
