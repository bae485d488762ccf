import type { Page, Request } from '@playwright/test'

const waitedFor = new Set(['document', 'stylesheet', 'script', 'fetch', 'xhr'])
const quietMs = 300

interface Traffic {
  pending: Set<Request>
  lastAt: number
}
const traffic = new WeakMap<Page, Traffic>()

/** From the page's beginning, so that `quiet` knows of everything that it asked for. */
export function watchRequests(page: Page): Traffic {
  const seen: Traffic = { pending: new Set(), lastAt: Date.now() }
  traffic.set(page, seen)
  const over = (request: Request): void => {
    if (seen.pending.delete(request)) seen.lastAt = Date.now()
  }
  page.on('request', (request) => {
    if (!waitedFor.has(request.resourceType())) return
    seen.pending.add(request)
    seen.lastAt = Date.now()
  })
  page.on('requestfinished', over).on('requestfailed', over)
  return seen
}

/**
 * Everything that the page asked for is here, and it asks for no more. Playwright's `networkidle` tells it only of a page that
 * was just loaded, not of a screen that the app changed to.
 */
export async function quiet(page: Page): Promise<void> {
  const seen = traffic.get(page) ?? watchRequests(page)
  while (seen.pending.size > 0 || Date.now() - seen.lastAt < quietMs) await page.waitForTimeout(50)
}
