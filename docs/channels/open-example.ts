/**
 * A company's own chat, connected to Qiao by the open channel: what a customer types in the terminal goes to the agents,
 * and what they answer is printed. Node 24 runs it as it is:
 *
 *   QIAO_URL=https://qiao.example/… QIAO_SECRET=whsec_… PORT=4000 node docs/channels/open-example.ts
 */
import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'

interface Options {
  port: number
  /** The address that the setup page of Qiao shows. */
  qiaoUrl: string
  secret: string
  show: (to: string, words: string) => unknown
}

export async function startExample({ port, qiaoUrl, secret, show }: Options) {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64')
  const sign = (id: string, timestamp: string, body: string) =>
    `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`
  /** Answers by webhook-id: Qiao may ask twice, the customer must not be told twice. Keep yours in your database. */
  const answers = new Map<string, string>()

  // ---- From Qiao: check the signature, do it once, answer with your own id of the message.
  const server = createServer((request, response) => {
    void receive(request).then(({ status, body }) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body)),
    )
  })
  async function receive(request: IncomingMessage): Promise<{ status: number; body: object }> {
    const pieces: Buffer[] = []
    for await (const piece of request) pieces.push(Buffer.from(piece))
    const body = Buffer.concat(pieces).toString()
    const [id, timestamp, signatures] = ['id', 'timestamp', 'signature'].map((name) => String(request.headers[`webhook-${name}`]))
    if (!id || !timestamp || !signatures || Math.abs(Date.now() / 1000 - Number(timestamp)) > 300 || !isSigned()) {
      return { status: 401, body: { code: 'credentials-refused', detail: 'The signature is wrong or too old' } }
    }
    const asked = JSON.parse(body)
    if (asked.type !== 'message') return { status: asked.type === 'ping' ? 200 : 404, body: {} }
    const messageId = answers.get(id) ?? randomUUID()
    if (!answers.has(id)) show(asked.to, asked.plain)
    answers.set(id, messageId)
    return { status: 200, body: { id: messageId } }

    function isSigned(): boolean {
      const wanted = Buffer.from(sign(id ?? '', timestamp ?? '', body))
      return (signatures ?? '').split(' ').some((one) => {
        const given = Buffer.from(one)
        return given.length === wanted.length && timingSafeEqual(given, wanted)
      })
    }
  }

  // ---- To Qiao: the same id on each try, until it is answered with 2xx.
  async function say(customerId: string, text: string): Promise<void> {
    const event = {
      id: randomUUID(),
      type: 'message',
      at: new Date().toISOString(),
      customer: { id: customerId },
      messageId: randomUUID(),
      content: { type: 'text', text },
    }
    const body = JSON.stringify(event)
    for (let wait = 500; ; wait = Math.min(wait * 2, 60_000)) {
      const timestamp = String(Math.floor(Date.now() / 1000))
      const headers = { 'webhook-id': event.id, 'webhook-timestamp': timestamp, 'webhook-signature': sign(event.id, timestamp, body) }
      const response = await fetch(qiaoUrl, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body }).catch(() => null)
      if (response?.ok) return
      if (response && response.status < 500 && response.status !== 429) throw new Error(await response.text())
      await sleep(wait)
    }
  }

  await new Promise<void>((resolve) => server.listen(port, resolve))
  const stop = () => new Promise<void>((resolve) => server.close(() => resolve()).closeAllConnections())
  const address = server.address()
  return { url: `http://localhost:${typeof address === 'object' ? address?.port : port}`, say, stop }
}

const print = (_to: string, words: string): unknown => process.stdout.write(`Agent: ${words}\n`)
if (import.meta.main) {
  const { QIAO_URL: qiaoUrl = '', QIAO_SECRET: secret = '', PORT = '4000' } = process.env
  const example = await startExample({ port: Number(PORT), qiaoUrl, secret, show: print })
  createInterface({ input: process.stdin }).on('line', (line) => void example.say('terminal', line))
}
