import type { Browser, BrowserContext, BrowserContextOptions, Page } from '@playwright/test'
import { watchRequests } from './requests.ts'

/**
 * Browsers of people, each with a page. What one journey gives back, empty as a new one, the next takes: the page has the
 * product's code compiled, which is more than half of what opening it takes.
 */
export interface Browsers {
  take(options: BrowserContextOptions): Promise<Page>
  giveBack(page: Page): Promise<void>
  close(page: Page): Promise<void>
}

export function browsersOf(browser: Browser): Browsers {
  const free = new Map<string, Page[]>()
  const usedWith = new Map<Page, BrowserContextOptions>()
  /** Where each has been. */
  const originsOf = new WeakMap<Page, Set<string>>()
  /** Browsers in which something was done that cannot be taken back, as hearing of every request. */
  const changed = new Set<BrowserContext>()

  async function open(options: BrowserContextOptions): Promise<Page> {
    const context = await browser.newContext(options)
    const page = await context.newPage()
    watchRequests(page)
    const origins = new Set<string>()
    originsOf.set(page, origins)
    page.on('framenavigated', (frame) => {
      const { origin } = new URL(frame.url())
      if (origin !== 'null') origins.add(origin)
    })
    const change = () => changed.add(context)
    tellWhen(page, lastingInPage, change)
    tellWhen(page.clock, ['install'], change)
    tellWhen(context, lastingInContext, change)
    return page
  }
  async function close(page: Page): Promise<void> {
    usedWith.delete(page)
    await page.context().close()
  }
  return {
    take: async (options) => {
      const kind = JSON.stringify(options)
      const page = free.get(kind)?.pop() ?? (await open(options))
      usedWith.set(page, options)
      return page
    },
    giveBack: async (page) => {
      const options = usedWith.get(page)
      if (!options || page.isClosed() || changed.has(page.context())) return close(page)
      await empty(page, options, originsOf.get(page) ?? new Set())
      usedWith.delete(page)
      const kind = JSON.stringify(options)
      free.set(kind, [...(free.get(kind) ?? []), page])
    },
    close,
  }
}

const lastingInPage = [
  'addInitScript',
  'exposeFunction',
  'on',
  'once',
  'route',
  'routeWebSocket',
  'setViewportSize',
] as const
const lastingInContext = ['addInitScript', 'grantPermissions', 'newPage', 'on', 'once', 'route', 'setOffline'] as const

function tellWhen<Thing extends object>(
  thing: Thing,
  names: readonly (keyof Thing & string)[],
  tell: () => void,
): void {
  for (const name of names) {
    const act: unknown = thing[name]
    if (typeof act !== 'function') throw new TypeError(`${name} is nothing that can be done`)
    const told = (...given: unknown[]): unknown => {
      tell()
      return Reflect.apply(act, thing, given)
    }
    Object.defineProperty(thing, name, { value: told, configurable: true })
  }
}

/** Nothing of who used it is left; what is compiled, the page keeps by itself. */
async function empty(
  page: Page,
  { reducedMotion = 'no-preference' }: BrowserContextOptions,
  origins: Set<string>,
): Promise<void> {
  const context = page.context()
  // What a tab keeps is cleared by the tab itself.
  for (const frame of page.frames()) await frame.evaluate('sessionStorage.clear()').catch(() => undefined)
  await page.goto('about:blank')
  const devtools = await context.newCDPSession(page)
  const storageTypes = 'indexeddb,local_storage,service_workers,cache_storage'
  for (const origin of origins) await devtools.send('Storage.clearDataForOrigin', { origin, storageTypes })
  origins.clear()
  // Some answers are good for a minute, of which the next journey must not hear.
  await devtools.send('Network.clearBrowserCache')
  await devtools.send('Page.resetNavigationHistory')
  await devtools.detach()
  await context.clearCookies()
  await page.emulateMedia({ colorScheme: 'light', reducedMotion })
}
