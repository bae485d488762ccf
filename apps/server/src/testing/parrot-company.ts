import { setTimeout as sleep } from 'node:timers/promises'
import type { Channel } from '@qiao/channels'
import type { Entry, MessageEntry } from '@qiao/protocol'
import { uuidv7 } from 'uuidv7'
import type { Log } from '#platform/log'
import { startCompany } from './company.ts'
import { parrot } from './parrot-channel.ts'
import { type SaidEvent, startParrot, text, type Sent } from './parrot-provider.ts'

interface Options {
  channel?: Channel
  settings?: Record<string, string>
  policy?: (sent: Sent) => string | null
  log?: Log
}

/** The whole server with an inbox of the parrot channel and the provider behind it. */
export async function startParrotCompany({ channel = parrot, settings = {}, policy, log }: Options = {}) {
  const provider = await startParrot(policy)
  const company = await startCompany(
    { QIAO_ROLES: 'web,worker', ...settings },
    { channels: [channel], ...(log ? { log } : {}) },
  )
  const { must, admin, agent, db } = company
  const inbox: { id: string } = await must('POST', '/api/v1/inboxes', admin.credentials, {
    name: 'Parrots',
    channel: channel.about.id,
    teamIds: [company.teams.first],
  })
  const accountPath = `/api/v1/inboxes/${inbox.id}/account`
  const { version, callbackUrl } = await must('GET', accountPath, admin.credentials)
  await must('PUT', accountPath, admin.credentials, { version, config: provider.config })
  const path = new URL(String(callbackUrl)).pathname
  const callback = company.url + path

  const say = (from: string, words: string, more: Partial<SaidEvent> = {}) => {
    const id = more.id ?? uuidv7()
    const { fields, ...rest } = more
    return provider.deliver(callback, [{ ...rest, id, from, fields: { id, ...text(words), ...fields } }])
  }
  async function conversationOf(address: string): Promise<string | null> {
    const row = await db
      .selectFrom('conversations')
      .innerJoin('identities', 'identities.id', 'identity_id')
      .select('conversations.id')
      .where('address', '=', address)
      .where('conversations.inbox_id', '=', inbox.id)
      .orderBy('conversations.created_at', 'desc')
      .executeTakeFirst()
    return row?.id ?? null
  }
  async function entriesOf(conversationId: string): Promise<Entry[]> {
    const page = await must('GET', `/api/v1/conversations/${conversationId}/entries?limit=200`, agent.credentials)
    return page.entries
  }
  async function messagesOf(address: string): Promise<string[]> {
    const id = await conversationOf(address)
    const entries = id ? await entriesOf(id) : []
    return entries.flatMap((entry) =>
      entry.kind === 'message.received' || entry.kind === 'message.sent' ? wordsOf(entry) : [],
    )
  }
  const reply = async (conversationId: string, words: string) =>
    company.call('POST', `/api/v1/conversations/${conversationId}/messages`, agent.credentials, {
      clientKey: uuidv7(),
      content: { type: 'text', text: words },
    })
  const marksOf = async (conversationId: string) =>
    (await must('GET', `/api/v1/conversations/${conversationId}`, agent.credentials)).marks
  return {
    ...company,
    provider,
    inbox,
    accountPath,
    callback,
    callbackPath: path,
    say,
    conversationOf,
    entriesOf,
    messagesOf,
    reply,
    marksOf,
  }
}

const wordsOf = ({ body: { content } }: MessageEntry): string =>
  content.type === 'text' ? content.text : content.type === 'unsupported' ? content.summary : content.type

/** Looks again until it is so; the test's own time-out ends what never comes. */
export async function until<Value>(look: () => Promise<Value> | Value): Promise<NonNullable<Value>> {
  for (;;) {
    const found = await look()
    if (found) return found
    await sleep(25)
  }
}
