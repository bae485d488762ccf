import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { createDeliverer, noFaults } from './simulator.ts'

/** Refuses so many calls, then takes them. */
async function awayFor(calls: number): Promise<string> {
  let left = calls
  const server = createServer((_request, response) => {
    left -= 1
    response.writeHead(left >= 0 ? 503 : 200).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it listens on a port
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

test('a provider gives up after its tries, unless it is told to go on', async () => {
  const faults = noFaults()
  const deliverer = createDeliverer(faults, [0, 0])
  onTestFinished(() => deliverer.stop())
  expect(await deliverer.send({ url: await awayFor(2) })).toMatchObject({ status: 200 })
  expect(await deliverer.send({ url: await awayFor(4) })).toBeNull()
  faults.triesForMs = 60_000
  expect(await deliverer.send({ url: await awayFor(4) })).toMatchObject({ status: 200 })
})
