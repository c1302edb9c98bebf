import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['**/*.test.ts'],
    exclude: ['node_modules/**', '.cache/**', '.data/**'],
    testTimeout: 30_000,
    hookTimeout: 120_000,
    // Two cores: more forks only fight each other, and each file that needs a server starts its own.
    maxWorkers: 2,
  },
});
