import { existsSync } from 'node:fs'
import { type Browser, chromium } from '@playwright/test'

/** Debian's, as the tests install it; Playwright's own where there is neither. */
const installed = ['/usr/bin/chromium', '/usr/bin/chromium-headless-shell'].find((path) => existsSync(path))

export const launchBrowser = (): Promise<Browser> =>
  chromium.launch({
    ...(installed ? { executablePath: installed } : {}),
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  })
