import { randomUUID } from 'node:crypto'
import type { Entry } from '@qiao/protocol'
import { WebSocket } from 'ws'
import { must, type Staff } from './staff.ts'

/** What people write: short and long, in both languages, with links, lists and line breaks. */
const sayings = [
  '在吗？',
  'Hi, my parcel says delivered but nothing is here.',
  '您好，我帮您查一下，请稍等。',
  'The tracking page is https://example.com/track/48213. It has not moved since Tuesday, and I leave on Friday morning.',
  '好的',
  '盖碗收到的时候就裂了一道口子，包装里没有缓冲纸，照片我等下发给您。另外发票抬头想换成公司的，可以吗？',
  'We can do one of these:\n1. send a new one today\n2. refund the price of the cup\n3. give 20 % off your next order',
  'ok, thanks 👍',
  '**退款**会在 1 到 3 个工作日内原路退回；如果是信用卡，可能要等到下一个账单日才会显示。',
]

const nameOf = (turn: number): string => (turn % 2 === 0 ? `陈晓${turn}` : `Olivia Bennett ${turn}`)
/** The words by which the bench knows that this conversation is on screen. */
export const lastWordsOf = (turn: number): string => `Order ${10_000 + turn}: when will it arrive?`

interface Visitor {
  name: string
  token: string
}

async function post<Answer>(url: string, headers: Record<string, string>, body: unknown): Promise<Answer> {
  const answer = await must(
    await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    }),
  )
  return JSON.parse(await answer.text())
}

async function newVisitor(url: string, staff: Staff, name: string): Promise<Visitor> {
  const presets = { name }
  const path = `${url}/api/client/v1/inboxes/${staff.inbox.key}/sessions`
  const { token } = await post<{ token: string }>(path, {}, { presets })
  return { name, token }
}

async function writes(
  url: string,
  { token }: Visitor,
  text: string,
  conversationId: string | null = null,
): Promise<string> {
  const body = { clientKey: randomUUID(), conversationId, content: { type: 'text', text } }
  const headers = { authorization: `Bearer ${token}` }
  const { conversation } = await post<{ conversation: { id: string } }>(`${url}/api/client/v1/messages`, headers, body)
  return conversation.id
}

/** Open conversations of as many customers, each with some lines and an end that names it. */
export async function openConversations(url: string, staff: Staff, count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) {
    const visitor = await newVisitor(url, staff, nameOf(turn))
    const id = await writes(url, visitor, sayings[turn % sayings.length] ?? '')
    for (let line = 0; line < 4; line += 1) {
      const text = sayings[(turn + line) % sayings.length] ?? ''
      await answers(staff, id, text)
    }
    await writes(url, visitor, lastWordsOf(turn), id)
  }
}

const answers = (staff: Staff, id: string, text: string): Promise<unknown> =>
  staff.call('POST', `/api/v1/conversations/${id}/messages`, {
    clientKey: randomUUID(),
    content: { type: 'text', text, markup: 'light' },
  })

export interface LongThread {
  id: string
  name: string
  /** One more message of the customer; resolves when the server has it. */
  write: (text: string) => Promise<void>
  close: () => void
}

/** One conversation of thousands of entries, as customer and agent would have written them. */
export async function longThread(url: string, staff: Staff, entries: number): Promise<LongThread> {
  const name = '顾长卿 Long Story'
  const visitor = await newVisitor(url, staff, name)
  const id = await writes(url, visitor, 'The first word of a long story')
  const { write, close } = await writer(url, visitor.token, id)
  for (let seq = 2; seq < entries;) {
    const said = sayings[seq % sayings.length] ?? ''
    await write(`${seq} ${said}`)
    await answers(staff, id, `${seq + 1} ${sayings[(seq + 4) % sayings.length]}`)
    if (seq % 50 === 0) {
      await staff.call('POST', `/api/v1/conversations/${id}/notes`, { clientKey: randomUUID(), text: `Note at ${seq}` })
      seq += 1
    }
    seq += 2
  }
  return { id, name, write, close }
}

/** By socket: the limits of HTTP are for people. */
async function writer(
  url: string,
  token: string,
  conversationId: string,
): Promise<Pick<LongThread, 'write' | 'close'>> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/ws/visitor`)
  const waiting = new Map<string, PromiseWithResolvers<void>>()
  const ready = Promise.withResolvers<void>()
  socket.once('open', () => socket.send(JSON.stringify({ type: 'hello', token })))
  socket.once('error', ready.reject)
  socket.on('message', (data: Buffer) => {
    const frame: { type: string; clientKey?: string; code?: string; entries?: Entry[] } = JSON.parse(data.toString())
    if (frame.type === 'ready') ready.resolve()
    const held = waiting.get(frame.clientKey ?? '')
    if (frame.type === 'sent') held?.resolve()
    if (frame.type === 'refused') held?.reject(new Error(`refused: ${frame.code}`))
  })
  await ready.promise
  return {
    close: () => socket.terminate(),
    write: (text) => {
      const clientKey = randomUUID()
      const answer = Promise.withResolvers<void>()
      waiting.set(clientKey, answer)
      socket.send(JSON.stringify({ type: 'send', clientKey, conversationId, content: { type: 'text', text } }))
      return answer.promise.finally(() => waiting.delete(clientKey))
    },
  }
}
