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
        },
      },
      {
        test: {
          name: 'integration',
          include: ['{apps,packages,tests}/**/*.it.test.ts'],
          exclude: outside,
          globalSetup: ['apps/server/src/platform/database/test-server.ts'],
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
    ],
  },
})
