import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { routingQuestion, type RoutingQuestion } from '@qiao/protocol'
import { Webhook as Verifier } from 'standardwebhooks'
import { uuidv7 } from 'uuidv7'
import { afterAll, expect, test } from 'vitest'
import { createSafeFetch } from '#platform/safe-fetch'
import { newSecret } from '#platform/webhook-signature'
import { askHook } from './ask-hook.ts'

const fetch = createSafeFetch({ allowPrivateTargets: true })
const undo: (() => unknown)[] = [() => fetch.close()]
afterAll(async () => {
  for (const step of undo) await step()
})
const queueId = uuidv7()
const secrets = [newSecret(), newSecret()]
const agentIds = [uuidv7(), uuidv7()] as const

function newQuestion(): RoutingQuestion {
  const now = new Date().toISOString()
  const item = { id: uuidv7(), conversationId: uuidv7(), queueId, channel: 'web', language: 'en', priority: 5 }
  return {
    type: 'routing.choose',
    timestamp: now,
    data: { item: { ...item, createdAt: now, enteredAt: now }, agentIds: [...agentIds] },
  }
}

/** The company's endpoint. Gives what it was sent beside our conclusion. */
async function ask(respond: (response: ServerResponse, body: string) => unknown, milliseconds = 2000) {
  const seen: { headers: IncomingMessage['headers']; body: string }[] = []
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const body = Buffer.concat(parts).toString()
      seen.push({ headers: request.headers, body })
      respond(response, body)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  undo.push(() => {
    server.closeAllConnections()
    server.close()
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/choose`
  const question = newQuestion()
  return { chosen: await askHook(fetch, { url, milliseconds, secrets }, question), seen, question, url }
}
const say =
  (answer: unknown, status = 200) =>
  (response: ServerResponse) =>
    response.writeHead(status).end(typeof answer === 'string' ? answer : JSON.stringify(answer))

test('the endpoint is asked with our signature and its choice among those who can counts', async () => {
  const { chosen, seen, question } = await ask(say({ agentId: agentIds[1] }))
  expect(chosen).toBe(agentIds[1])
  const [asked] = seen
  const verify = (secret: string) =>
    new Verifier(secret).verify(asked?.body ?? '', asked?.headers as Record<string, string>)
  for (const secret of secrets) expect(routingQuestion.parse(verify(secret))).toEqual(question)
  expect(() => verify(newSecret())).toThrow('No matching signature')
})

test.each([
  ['somebody who cannot take it', say({ agentId: uuidv7() })],
  ['nobody', say({ agentId: null })],
  ['other words', say({ agent: agentIds[0] })],
  ['no JSON', say('agent one')],
  ['an error', say({ agentId: agentIds[0] }, 500)],
  ['a redirect', (response: ServerResponse) => response.writeHead(302, { location: '/elsewhere' }).end()],
  ['a hung-up', (response: ServerResponse) => response.destroy()],
  ['a flood', (response: ServerResponse) => response.writeHead(200).end('{"agentId": '.padEnd(1_000_000))],
])('%s leaves the choice to the router', async (_name, respond) => {
  expect((await ask(respond)).chosen).toBeNull()
})

test('silence ends with the limit, and a private address is not called at all', async () => {
  expect((await ask(() => undefined, 100)).chosen).toBeNull()
  const { url, seen } = await ask(say({ agentId: agentIds[0] }))
  const strict = createSafeFetch({ allowPrivateTargets: false })
  undo.push(() => strict.close())
  expect(await askHook(strict, { url, milliseconds: 1000, secrets }, newQuestion())).toBeNull()
  expect(seen).toHaveLength(1)
})
