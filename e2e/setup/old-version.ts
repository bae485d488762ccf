import type { Page } from '@playwright/test'

const documents = (url: URL): boolean => !/^\/(chat\/)?(assets|api|ws|media|files)\b/.test(url.pathname)
const oldFiles = /\/assets\/old\//

/**
 * Opens an app, the agents' or the visitor's, as it was before a deployment: every file of it under another name. What is given back deploys: the
 * pages are those of the server again, and the old files are gone from it.
 */
export async function openOldVersion(page: Page, path: string): Promise<() => Promise<void>> {
  // Not of the page: journeys have routes of their own there.
  const context = page.context()
  await context.route(documents, async (route) => {
    const response = await route.fetch()
    await route.fulfill({ response, body: (await response.text()).replaceAll(/"((?:\/chat)?\/assets\/)/g, '"$1old/') })
  })
  await context.route(oldFiles, async (route) => {
    const response = await route.fetch({ url: route.request().url().replace('/assets/old/', '/assets/') })
    await route.fulfill({ response })
  })
  await page.goto(path)
  // Files that are on their way still come from the old version.
  return () => context.unrouteAll({ behavior: 'wait' })
}
