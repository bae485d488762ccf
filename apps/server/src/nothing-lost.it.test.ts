import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { benchDatabase } from '../../../bench/support/database.ts'
import { hasRedis } from '../../../bench/support/redis.ts'
import { serverAndDatabaseInTurn, serverAndDatabaseKilled, twoServers } from '../../../bench/support/scenarios.ts'
import { freePort, serverProcess, temporaryFolder } from '../../../bench/support/server-process.ts'
import { openVisitor, readAfterAs, sendOverHttp, timelineClient } from '../../../bench/support/sockets.ts'
import { setUp } from '../../../bench/support/staff.ts'

/** Small versions of `npm run soak`, which kills more often. A start of the real server is most of their time. */
const size = { messages: 1_500, conversations: 50, sockets: 10 }
const patience = 240_000
const metricsToken = 'a token for Prometheus'

describe('every acknowledged message is stored once, in order, without gaps, and every client shows what is stored', () => {
  test(
    'when the server is killed during a burst, and then the database crashes under it',
    async () => {
      const result = await serverAndDatabaseInTurn(size, 1)
      expect(result).toMatchObject({ faults: [], acknowledged: size.messages })
      expect(result.refused).toBeGreaterThan(0)
    },
    patience,
  )
  test(
    'when its own database dies with it',
    async () => {
      expect(await serverAndDatabaseKilled(size, 1)).toMatchObject({ faults: [] })
    },
    patience,
  )
  test.skipIf(!hasRedis())(
    'with two servers, when either is killed and Redis restarts',
    async () => {
      expect(await twoServers(size, 2)).toMatchObject({ faults: [], acknowledged: size.messages })
    },
    patience,
  )
})

test(
  'while the database is away requests are told to come back; when asked to stop, the busy server does so in order',
  async () => {
    await using folder = await temporaryFolder()
    await using database = await benchDatabase(folder.path)
    await using server = serverProcess(await freePort(), {
      QIAO_DATA_DIR: folder.path,
      DATABASE_URL: database.url,
      QIAO_METRICS_TOKEN: metricsToken,
    })
    await server.start()
    const staff = await setUp(server.url)
    const { token } = await openVisitor(server.url, staff.inbox.key)
    const first = { clientKey: 'first-message', conversationId: null, content: { type: 'text', text: 'hello' } }
    const { conversation } = await sendOverHttp(server.url, token, first)

    database.crash()
    const refusal = await untilRefused(`${server.url}/api/client/v1/me`, token)
    expect(refusal.headers.get('retry-after')).toMatch(/^\d+$/)
    expect(await refusal.json()).toMatchObject({ code: 'unavailable' })
    while (!(await fetch(`${server.url}/readyz`)).ok) await sleep(50)

    const closes: number[] = []
    const visitor = timelineClient({
      url: () => server.url,
      path: '/ws/visitor',
      onOpen: (socket) => {
        socket.send(JSON.stringify({ type: 'hello', token }))
        socket.on('close', (code) => closes.push(code))
      },
      readAfter: readAfterAs(() => server.url, { authorization: `Bearer ${token}` }, '/api/client/v1'),
    })
    while (!visitor.isReady()) await sleep(20)
    const metrics = await (
      await fetch(`${server.url}/metrics`, { headers: { authorization: `Bearer ${metricsToken}` } })
    ).text()
    expect(metrics).toContain('qiao_connections{kind="visitor"} 1')
    expect(metrics).toContain('qiao_connections{kind="agent"} 0')
    const busy = Array.from({ length: 20 }, (_, turn) =>
      sendOverHttp(server.url, token, { ...first, clientKey: `message-${turn}`, conversationId: conversation.id }),
    )
    await Promise.race(busy)
    const exited = server.kill('SIGTERM')
    // A request that was taken on is answered; one that was still on its way finds nobody, and is never answered badly.
    const outcomes = await Promise.allSettled(busy)
    const failures = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [String(outcome.reason)] : []))
    for (const failure of failures) expect(failure).toBe('TypeError: fetch failed')
    expect(failures.length).toBeLessThan(busy.length)
    expect(await exited).toBe(0)
    expect(closes[0]).toBe(1012)
    visitor.stop()
  },
  patience,
)

async function untilRefused(url: string, token: string): Promise<Response> {
  for (const deadline = Date.now() + 20_000; Date.now() < deadline;) {
    const response = await fetch(url, { headers: { authorization: `Bearer ${token}` } })
    if (response.status === 503) return response
  }
  throw new Error('the requests were never refused')
}
