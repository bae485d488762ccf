import { defineConfig } from 'vitest/config'

const outside = ['**/node_modules/**', '**/dist/**', 'e2e/**', 'bench/**', 'data/**']

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{apps,packages,scripts,tests}/**/*.test.{ts,tsx,mjs}'],
          exclude: [...outside, '**/*.it.test.ts'],
          // Nothing is timed: this only ends what hangs, on a machine that may be busy with other suites.
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'integration',
          include: ['{apps,packages,tests}/**/*.it.test.ts'],
          exclude: outside,
          globalSetup: ['apps/server/src/platform/database/test-server.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
