import { setTimeout as sleep } from 'node:timers/promises'
import type { Page, Request, Route, WebSocketRoute } from '@playwright/test'

/**
 * With E2E_SHAKEN=on a page hears of its calls late, each by its own while, and of what happens later still, as on a bad
 * network: what relies on the order in which things happen to come is found so. It is slow, and not part of `npm test`.
 */
export const shaken = process.env['E2E_SHAKEN'] === 'on'

const mostMs = 250
const aWhile = (): number => Math.random() * mostMs

export async function answerLate(page: Page): Promise<void> {
  await page.context().route(/\/api\/(v1|auth)\//, answer)
  await page.context().routeWebSocket(/\/ws\//, tell)
}

async function answer(route: Route): Promise<void> {
  // A page that is left has no use for its answers.
  try {
    await sleep(aWhile())
    // What a file holds is not there to be passed on.
    if (holdsFile(route.request())) return await route.continue()
    const response = await route.fetch({ maxRedirects: 0 })
    await sleep(aWhile())
    await route.fulfill({ response })
  } catch {
    await route.abort().catch(() => undefined)
  }
}

const holdsFile = (request: Request): boolean =>
  request.method() !== 'GET' &&
  !(request.headers()['content-type'] ?? 'application/json').startsWith('application/json')

/** In their order, as a socket does. */
function tell(socket: WebSocketRoute): void {
  let before = Promise.resolve()
  socket.connectToServer().onMessage((frame) => {
    const due = sleep(aWhile())
    before = before.then(() => due).then(() => socket.send(frame))
  })
}
