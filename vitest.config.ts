import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

const outside = ['**/node_modules/**', '**/dist/**', 'e2e/**', 'bench/**', 'data/**']

/** The chat has its state in its modules, and gets them anew for each file. */
const chat = ['apps/widget/**/*.test.{ts,tsx}']
const pages = ['apps/{workspace,playground}/**/*.test.{ts,tsx}']

export default defineConfig({
  test: {
    // Tests wait for servers, databases and moments that have to pass: a core has work for more than one worker.
    maxWorkers: Math.ceil(availableParallelism() * 1.5),
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{apps,packages,scripts,tests}/**/*.test.{ts,mjs}'],
          exclude: [...outside, ...chat, ...pages, '**/*.it.test.ts'],
          // What they import keeps nothing: it is loaded once a worker instead of once a file.
          isolate: false,
          // Nothing is timed: this only ends what hangs, on a machine that may be busy with other suites.
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'pages',
          include: pages,
          exclude: outside,
          setupFiles: ['apps/workspace/src/testing/first-language.ts'],
          isolate: false,
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'chat',
          include: chat,
          exclude: outside,
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'integration',
          include: ['{apps,packages,tests}/**/*.it.test.ts'],
          exclude: outside,
          globalSetup: ['apps/server/src/platform/database/test-server.ts'],
          // They share nothing but a server's modules, which are loaded once a worker instead of once a file.
          isolate: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
