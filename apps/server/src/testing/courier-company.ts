import { createServer } from 'node:http'
import type { Channel } from '@qiao/channels'
import { type InboxSettings, type Entry, type EntryOf, inboxSettings } from '@qiao/protocol'
import MailComposer from 'nodemailer/lib/mail-composer/index.js'
import type Mail from 'nodemailer/lib/mailer/index.js'
import { uuidv7 } from 'uuidv7'
import { afterAll } from 'vitest'
import { startCompany } from './company.ts'
import { courier } from './courier-channel.ts'

export interface Posted {
  from: string
  to: string[]
  cc: string[]
  bcc: string[]
  /** Who of them gets it; null: all. */
  only: string[] | null
  subject: string
  references: string[]
  answers: string | null
  html: string | null
  text: string
  automatic: boolean
  messageId: string
  replyTo: string
  files: { name: string; bytes: number }[]
  /** What it says to calendars, as JSON. */
  invitation: string | null
}

/** Where letters go that leave the server. `onPosted` hears of each before it is answered. */
async function startPostOffice(onPosted: (posted: Posted) => Promise<void>) {
  const posted: Posted[] = []
  /** Addresses at which nobody lives. */
  const nobody = new Set<string>()
  /** Addresses to which nothing is taken at present, as by a server that wants to see whether one comes again. */
  const later = new Set<string>()
  /** Addresses to which letters are taken without a word. */
  const wordless = new Set<string>()
  const server = createServer((request, response) => {
    const pieces: Buffer[] = []
    request.on('data', (piece: Buffer) => pieces.push(piece))
    request.on('end', () => {
      const letter: Posted = JSON.parse(Buffer.concat(pieces).toString())
      const all = letter.only ?? [...letter.to, ...letter.cc, ...letter.bcc]
      if (all.some((address) => later.has(address))) {
        response.writeHead(451).end('{}')
        return
      }
      posted.push(letter)
      if (all.some((address) => wordless.has(address))) {
        request.socket.destroy()
        return
      }
      const refused = all.filter((address) => nobody.has(address))
      onPosted(letter).then(
        () => response.end(JSON.stringify({ refused })),
        () => response.writeHead(500).end('{}'),
      )
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  return {
    posted,
    nobody,
    later,
    wordless,
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
  }
}

export type Options = Mail.Options
/** A real mail, as any program composes it. */
export const compose = (options: Options): Promise<Buffer> => new MailComposer(options).compile().build()

interface Given {
  address?: string
  mail?: Partial<InboxSettings['mail']>
  settings?: Record<string, string>
  onPosted?: (posted: Posted) => Promise<void>
  /** Beside the one of letters. */
  channels?: readonly Channel[]
}

/** The whole server with an inbox of letters, and what is behind it. */
export async function startCourierCompany({
  address = 'help@shop.example',
  mail = {},
  settings = {},
  onPosted,
  channels = [],
}: Given = {}) {
  const office = await startPostOffice(onPosted ?? (() => Promise.resolve()))
  const company = await startCompany({ QIAO_ROLES: 'web,worker', ...settings }, { channels: [courier, ...channels] })
  const { must, admin, agent, db } = company
  const inbox: { id: string } = await must('POST', '/api/v1/inboxes', admin.credentials, {
    name: 'Letters',
    channel: 'courier',
    teamIds: [company.teams.first],
  })
  await must('PATCH', `/api/v1/inboxes/${inbox.id}`, admin.credentials, {
    version: 1,
    settings: inboxSettings.parse({ mail, defaultLocale: 'en' }),
  })
  const accountPath = `/api/v1/inboxes/${inbox.id}/account`
  const { version, callbackUrl } = await must('GET', accountPath, admin.credentials)
  await must('PUT', accountPath, admin.credentials, { version, config: { address, apiUrl: office.url } })
  const callback = company.url + new URL(String(callbackUrl)).pathname

  async function deliver(raw: Buffer): Promise<number> {
    const response = await fetch(callback, {
      method: 'POST',
      body: new Uint8Array(raw),
      headers: { 'content-type': 'message/rfc822' },
    })
    return response.status
  }
  /** Somebody writes; resolves when it is an entry, and gives it. */
  async function write(options: Options): Promise<EntryOf<'message.received'>> {
    const messageId = options.messageId ?? `<${uuidv7()}@example.com>`
    await deliver(await compose({ to: address, ...options, messageId }))
    for (;;) {
      const named = await db
        .selectFrom('channel_messages')
        .selectAll()
        .where('message_id', '=', messageId)
        .executeTakeFirst()
      if (named) {
        const entry = (await entriesOf(named.conversation_id)).find(({ id }) => id === named.entry_id)
        if (entry?.kind === 'message.received') return entry
      }
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
  async function entriesOf(conversationId: string): Promise<Entry[]> {
    const page = await must('GET', `/api/v1/conversations/${conversationId}/entries?limit=200`, admin.credentials)
    return page.entries
  }
  const reply = (conversationId: string, content: unknown, more: object = {}) =>
    company.call('POST', `/api/v1/conversations/${conversationId}/messages`, agent.credentials, {
      clientKey: uuidv7(),
      content,
      ...more,
    })
  /** Looks again until something of that kind has been posted. */
  async function posted(wanted: (letter: Posted) => boolean): Promise<Posted> {
    for (;;) {
      const found = office.posted.find(wanted)
      if (found) return found
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
  return { ...company, inbox, address, callback, office, deliver, write, entriesOf, reply, posted }
}
