import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser, Page } from '@playwright/test'
import { launchBrowser } from './support/browser.ts'
import { lastWordsOf, longThread, type LongThread, openConversations } from './support/busy-inbox.ts'
import { benchDatabase } from './support/database.ts'
import { type Probe, probeOf } from './support/page-probe.ts'
import { percentile, table } from './support/report.ts'
import { freePort, serverProcess, temporaryFolder } from './support/server-process.ts'
import { setUp, type Staff } from './support/staff.ts'

/** (f) An agent's day at its fullest: 200 open conversations and a thread of 5,000 entries answer at once. */
const aimMs = 100
const open = Number(process.argv[2] ?? 200)
const entries = Number(process.argv[3] ?? 5_000)
const clicks = 30
const rowPx = 81
/** Between a hand that comes to a row and its press, in which the page reads ahead. */
const handRestsMs = 120
const beginning = /以上是与该客户的全部记录|This is the beginning of the history/
const typed = '您好 I have looked it up, it leaves tomorrow.'

interface Measured {
  name: string
  /** Milliseconds, one each. */
  times: number[]
  /** Processor time of the page for each, whatever else the machine did. */
  workMs?: number
  /** Counts as an answer to what the agent did, which the aim is about. */
  answer: boolean
}

interface Taken {
  times: number[]
  workMs: number
}

async function signedIn(browser: Browser, url: string, { cookie }: Staff): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  const pairs = cookie.split('; ').map((pair) => pair.split(/=(.*)/s))
  await context.addCookies(pairs.map(([name = '', value = '']) => ({ name, value, url })))
  return context.newPage()
}

/** What the browser itself needs from a key to the paint, with nothing but a field on the page. */
async function floorOf(browser: Browser): Promise<number[]> {
  const page = await browser.newPage()
  await page.setContent('<textarea></textarea>')
  const probe = await probeOf(page)
  await page.locator('textarea').click()
  const times = await type(page, probe)
  await page.close()
  return times
}

async function type(page: Page, probe: Probe): Promise<number[]> {
  await probe.takeKeys()
  await page.keyboard.type(typed, { delay: 30 })
  await sleep(200)
  return probe.takeKeys()
}

/** By the mouse alone, and counted from the press on: what the driver does to find a row is none of the page's work. */
async function openRows(page: Page, probe: Probe): Promise<Taken> {
  const times: number[] = []
  let workMs = 0
  for (let turn = 0; turn < clicks; turn += 1) {
    const words = lastWordsOf(open - 1 - turn)
    await page.locator('.q-list-scroll').evaluate((list, top) => {
      list.scrollTop = top
    }, turn * rowPx)
    const row = await page.locator('a[data-conversation]').filter({ hasText: words }).boundingBox()
    if (!row) throw new Error(`no row for ${words}`)
    await page.mouse.move(row.x + row.width / 2, row.y + row.height / 2)
    await sleep(handRestsMs)
    const before = await probe.workMs()
    // Looked for from before the click: the way of the driver's answer is none of the page's time.
    const shown = probe.shownAfterClick(words)
    await page.mouse.down()
    await page.mouse.up()
    times.push(await shown)
    // What follows the thread, the customer's panel above all, belongs to the click.
    await sleep(200)
    workMs += (await probe.workMs()) - before
  }
  return { times, workMs }
}

const thereAndBack = async (probe: Probe, selector: string, step: number): Promise<number[]> => [
  ...(await probe.scroll(selector, step, 240)),
  ...(await probe.scroll(selector, -step, 240)),
]

async function everythingRead(page: Page, probe: Probe): Promise<number[]> {
  const frames: number[] = []
  for (const deadline = Date.now() + 120_000; Date.now() < deadline;) {
    if (await page.locator('.q-thread-top').getByText(beginning).isVisible()) return frames
    frames.push(...(await probe.scroll('.q-thread-scroll', -400, 60)))
  }
  throw new Error('the thread was not read to its beginning')
}

async function measure(page: Page, url: string, thread: LongThread): Promise<{ rows: Measured[]; facts: string[][] }> {
  await page.goto(`${url}/inbox/all`)
  await page.locator('a[data-conversation]').first().waitFor()
  const probe = await probeOf(page)
  const rows: Measured[] = []
  const take = (name: string, { times, workMs }: Taken, answer = true): void =>
    void rows.push({ name, times, answer, workMs: workMs / times.length })
  const add = async (from: Probe, name: string, work: () => Promise<number[]>, answer = true): Promise<void> => {
    const before = await from.workMs()
    const times = await work()
    take(name, { times, workMs: (await from.workMs()) - before }, answer)
  }
  const box = page.locator('.q-composer-text')
  const atRest = await probe.nodes()

  await add(probe, 'list: frames while scrolling', () => thereAndBack(probe, '.q-list-scroll', 100), false)
  take('row clicked → thread shown, first time', await openRows(page, probe))
  take('row clicked → thread shown, again', await openRows(page, probe))
  await box.click()
  await add(probe, 'key → painted, short thread', () => type(page, probe))

  await page.goto(`${url}/inbox/all/${thread.id}`)
  await page.getByRole('log').waitFor()
  const long = await probeOf(page)
  await add(long, 'thread: frames while reading back', () => everythingRead(page, long), false)
  const thereNodes = await long.nodes()
  const heap = await long.heapMegabytes()
  await add(long, 'thread: frames while scrolling', () => thereAndBack(long, '.q-thread-scroll', 300), false)
  await box.click()
  await add(long, 'key → painted, long thread', () => type(page, long))
  await page.getByRole('button', { name: '↓' }).click()
  await sleep(500)
  const over = new AbortController()
  const customer = (async () => {
    for (let turn = 0; !over.signal.aborted; turn += 1) {
      await thread.write(`Still there? ${turn}`)
      await sleep(50)
    }
  })()
  await box.click()
  await add(long, 'key → painted, customer writes 20/s', () => type(page, long))
  await add(long, 'thread: frames, customer writes 20/s', () => long.frames(3_000), false)
  over.abort()
  await customer
  const facts = [
    ['DOM elements, inbox', String(atRest)],
    [`DOM elements, ${entries} entries read`, String(thereNodes)],
    [`heap, ${entries} entries read`, `${heap.toFixed(1)} MB`],
  ]
  return { rows, facts }
}

await using folder = await temporaryFolder()
await using database = await benchDatabase(folder.path, { fsync: 'off' })
await using server = serverProcess(await freePort(), { QIAO_DATA_DIR: folder.path, DATABASE_URL: database.url })
await server.start()
const staff = await setUp(server.url)
console.error(`making ${open} conversations and a thread of ${entries} entries`)
const thread = await longThread(server.url, staff, entries)
await openConversations(server.url, staff, open)
const browser = await launchBrowser()
const { floor, rows, facts } = await (async () => {
  try {
    const bare = await floorOf(browser)
    return { floor: bare, ...(await measure(await signedIn(browser, server.url, staff), server.url, thread)) }
  } finally {
    thread.close()
    await browser.close()
  }
})()
const cells = ({ name, times, workMs }: Measured): string[] => [
  name,
  ...[0.5, 0.95, 1].map((share) => percentile(times, share).toFixed(1)),
  String(times.filter((each) => each > 50).length),
  workMs?.toFixed(1) ?? '',
]
const bare = { name: 'key → painted, bare field (floor)', times: floor, answer: false }
console.log(table(['what', 'p50 ms', 'p95 ms', 'max ms', '> 50 ms', 'work ms each'], [bare, ...rows].map(cells)))
console.log(table(['what', 'how many'], facts))
const worst = Math.max(...rows.filter(({ answer }) => answer).map(({ times }) => percentile(times, 0.95)))
console.log(
  JSON.stringify({
    name: 'fluid',
    value: Number(worst.toFixed(1)),
    unit: 'ms to the paint at p95, slowest answer to a click or a key',
    floor: aimMs,
    ratio: Number((worst / aimMs).toFixed(3)),
    bareFieldMs: Number(percentile(floor, 0.95).toFixed(1)),
  }),
)
