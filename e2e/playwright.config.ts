import { existsSync } from 'node:fs'
import { defineConfig } from '@playwright/test'

/** E2E_SCREENS=on takes the pictures of docs/screens instead of running the journeys (`npm run screens`). */
const screens = process.env['E2E_SCREENS'] === 'on'

const shell = '/usr/bin/chromium-headless-shell'
const browser = existsSync(shell) ? shell : '/usr/bin/chromium'

export default defineConfig({
  testDir: screens ? './screens' : './journeys',
  outputDir: './results',
  globalSetup: './setup/global-setup.ts',
  fullyParallel: false,
  workers: 2,
  // A journey that passes at its second try only hides a fault, of the product or its own.
  retries: 0,
  // Generous, because the machine may be busy with other things; a journey alone on it takes some seconds.
  timeout: 180_000,
  expect: { timeout: 30_000 },
  reporter: [['list']],
  use: {
    actionTimeout: 30_000,
    navigationTimeout: 60_000,
    screenshot: 'only-on-failure',
    // Drawing what moves is a tenth of all processor time. Some journeys go with motion: what they do, they do while it lasts.
    contextOptions: { reducedMotion: 'reduce' },
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    launchOptions: {
      executablePath: process.env['CHROMIUM_PATH'] ?? browser,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--in-process-gpu',
        // A page of a journey ends before code that was compiled with care would pay: a fifth of all processor time.
        '--js-flags=--no-opt --no-maglev',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--use-fake-device-for-media-stream',
        '--use-fake-ui-for-media-stream',
      ],
    },
  },
})
