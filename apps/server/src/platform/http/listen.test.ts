import { once } from 'node:events'
import { createServer } from 'node:net'
import fastify from 'fastify'
import { expect, onTestFinished, test } from 'vitest'
import { StartRefused } from '../start-refused.ts'
import { listen } from './listen.ts'

const open = (host: string, port: number) => {
  const app = fastify()
  onTestFinished(() => app.close())
  return listen(app, { host, port })
}

test('gives the port that the system chose', async () => {
  expect(await open('127.0.0.1', 0)).toBeGreaterThan(0)
})

test('a port that is taken is a sentence with the way out', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  onTestFinished(() => void other.close())
  await once(other, 'listening')
  const address = other.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const opening = open('127.0.0.1', port)
  await expect(opening).rejects.toThrow(StartRefused)
  await expect(opening).rejects.toThrow(`Port ${port} on 127.0.0.1 is in use by another program`)
})

test.each(['192.0.2.1', 'no-such-host.invalid'])(
  '%s, which this machine does not have, is a sentence',
  async (host) => {
    const opening = open(host, 0)
    await expect(opening).rejects.toThrow(StartRefused)
    await expect(opening).rejects.toThrow(`The setting HOST is "${host}"`)
  },
)
