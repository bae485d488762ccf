import { setTimeout as sleep } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import type { Browser, Page } from '@playwright/test'
import { launchBrowser } from './support/browser.ts'
import { benchDatabase } from './support/database.ts'
import { percentile, table } from './support/report.ts'
import { freePort, serverProcess, temporaryFolder } from './support/server-process.ts'
import { openVisitor, sendOverHttp } from './support/sockets.ts'
import { setUp, type Staff } from './support/staff.ts'

/** (e) The workspace's first load, straight to the inbox, by a browser that has nothing cached. */
const aimKilobytes = 600
const loads = 5
const words = 'When will it ship?'

interface Load {
  gzipBytes: number
  files: { path: string; gzipBytes: number }[]
  /** A conversation is on screen and the page answers at once. */
  interactiveMs: number
}

async function load(browser: Browser, url: string, cookie: string): Promise<Load> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  try {
    const cookies = cookie.split('; ').map((pair) => {
      const at = pair.indexOf('=')
      return { name: pair.slice(0, at), value: pair.slice(at + 1), url }
    })
    await context.addCookies(cookies)
    return await watch(await context.newPage(), `${url}/inbox/unassigned`)
  } finally {
    await context.close()
  }
}

async function watch(page: Page, url: string): Promise<Load> {
  const bodies: Promise<{ path: string; gzipBytes: number }>[] = []
  page.on('response', (response) => {
    const path = new URL(response.url()).pathname
    bodies.push(
      response.body().then(
        (body) => ({ path, gzipBytes: alreadyPacked.test(path) ? body.length : gzipSync(body).length }),
        () => ({ path, gzipBytes: 0 }),
      ),
    )
  })
  await page.goto(url, { waitUntil: 'commit' })
  await page.getByText(words).first().waitFor()
  // As text: it runs in the page, whose names this project does not know.
  const interactiveMs = await page.evaluate<number>(
    'new Promise((resolve) => requestIdleCallback(() => resolve(performance.now())))',
  )
  // What the page asks for by itself right after belongs to the load.
  await sleep(2_000)
  const files = await Promise.all(bodies)
  return { gzipBytes: files.reduce((sum, file) => sum + file.gzipBytes, 0), files, interactiveMs }
}

const alreadyPacked = /\.(woff2|png|jpe?g|webp|avif|mp3|ogg)$/

async function fill(url: string, staff: Staff): Promise<void> {
  for (let turn = 0; turn < 30; turn += 1) {
    const { token } = await openVisitor(url, staff.inbox.key)
    const content = { type: 'text', text: words }
    await sendOverHttp(url, token, { clientKey: `first-message-${turn}`, conversationId: null, content })
  }
}

await using folder = await temporaryFolder()
await using database = await benchDatabase(folder.path)
await using server = serverProcess(await freePort(), { QIAO_DATA_DIR: folder.path, DATABASE_URL: database.url })
await server.start()
const staff = await setUp(server.url)
await fill(server.url, staff)
const browser = await launchBrowser()
const runs: Load[] = []
try {
  for (let turn = 0; turn < loads; turn += 1) runs.push(await load(browser, server.url, staff.cookie))
} finally {
  await browser.close()
}
const [first] = runs
const interactive = percentile(
  runs.map((run) => run.interactiveMs),
  0.5,
)
const kilobytes = (bytes: number): string => (bytes / 1024).toFixed(1)
const largest = (first?.files ?? []).toSorted((a, b) => b.gzipBytes - a.gzipBytes).slice(0, 12)
console.log(
  table(
    ['file', 'KB gzip'],
    [
      ...largest.map((file) => [file.path, kilobytes(file.gzipBytes)]),
      [`all ${first?.files.length ?? 0} answers`, kilobytes(first?.gzipBytes ?? 0)],
      ['interactive, median ms', interactive.toFixed(0)],
    ],
  ),
)
const value = Number(kilobytes(first?.gzipBytes ?? 0))
console.log(
  JSON.stringify({
    name: 'workspace',
    value,
    unit: 'KB gzip for the first load of the inbox',
    floor: aimKilobytes,
    ratio: Number((value / aimKilobytes).toFixed(3)),
    interactiveMs: Math.round(interactive),
  }),
)
