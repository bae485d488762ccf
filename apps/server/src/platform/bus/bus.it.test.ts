import { Redis } from 'ioredis'
import { expect, onTestFinished, test, vi } from 'vitest'
import { hasRedis, redisServer } from '../../../../../bench/support/redis.ts'
import { createLog } from '../log.ts'
import { StartRefused } from '../start-refused.ts'
import { createRedisBus, topic } from './bus.ts'

const log = createLog({ level: 'silent' })
const said = topic<{ words: string }>('said')

/** Two processes on one real Redis, and what each of them hears. */
async function twoProcesses() {
  const redis = await redisServer()
  const listen = async (name: string) => {
    const bus = await createRedisBus(redis.url, name, log)
    const heard = vi.fn<(payload: { words: string }) => void>()
    const gap = vi.fn<() => void>()
    bus.subscribe(said, heard)
    bus.onGap(gap)
    return { bus, heard, gap }
  }
  const here = await listen('here')
  const there = await listen('there')
  onTestFinished(async () => {
    await here.bus.close()
    await there.bus.close()
    await redis[Symbol.asyncDispose]()
  })
  return { redis, here, there }
}

test.skipIf(!hasRedis())('a hint reaches the own listeners and those of another process, each once', async () => {
  const { here, there } = await twoProcesses()
  here.bus.publish(said, { words: 'hello' })
  expect(here.heard).toHaveBeenCalledExactlyOnceWith({ words: 'hello' })
  await vi.waitUntil(() => there.heard.mock.calls.length > 0)
  there.bus.publish(said, { words: 'and back' })
  await vi.waitUntil(() => here.heard.mock.calls.length > 1)
  expect(there.heard.mock.calls).toEqual([[{ words: 'hello' }], [{ words: 'and back' }]])
  expect(here.heard).toHaveBeenCalledTimes(2)
})

test.skipIf(!hasRedis())(
  'after Redis was away all are told that hints may be missing, and hints flow again',
  async () => {
    const { redis, here, there } = await twoProcesses()
    await redis.restart()
    await vi.waitUntil(() => here.gap.mock.calls.length > 0 && there.gap.mock.calls.length > 0, { timeout: 10_000 })
    const arrived = (): boolean => {
      here.bus.publish(said, { words: 'again' })
      return there.heard.mock.calls.length > 0
    }
    await expect.poll(arrived, { timeout: 10_000, interval: 100 }).toBe(true)
  },
)

test.skipIf(!hasRedis())('a Redis that cannot be used stops the start with a sentence', async () => {
  const redis = await redisServer()
  onTestFinished(() => redis[Symbol.asyncDispose]())
  const admin = new Redis(redis.url)
  await admin.config('SET', 'requirepass', 'the right one')
  admin.disconnect()
  const wrong = redis.url.replace('//', '//:wrong@')
  for (const url of [wrong, redis.url]) {
    const starting = createRedisBus(url, 'here', log)
    await expect(starting).rejects.toThrow(StartRefused)
    await expect(starting).rejects.toThrow(
      /^Redis on 127\.0\.0\.1:\d+ \(REDIS_URL\) cannot be used: (WRONGPASS|NOAUTH)/,
    )
  }
  // Nobody listens on port 1. Waited for in case it is still starting, here not for long.
  await expect(createRedisBus('redis://127.0.0.1:1', 'here', log, 300)).rejects.toThrow(
    'Redis on 127.0.0.1:1 (REDIS_URL) cannot be used: connect ECONNREFUSED',
  )
})

test.skipIf(!hasRedis())('what nobody understands on the channel is taken for missing hints', async () => {
  const { redis, here, there } = await twoProcesses()
  const stranger = new Redis(redis.url)
  for (const text of ['{', '{"from":"older"}', '{"from":"newer","topic":3}']) await stranger.publish('qiao:bus', text)
  stranger.disconnect()
  for (const { gap } of [here, there]) await expect.poll(() => gap.mock.calls.length).toBe(3)
})
