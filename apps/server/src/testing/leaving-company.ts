import { type InboxSettings, inboxSettings, type LeftMessage, leftMessageContent } from '@qiao/protocol'
import { uuidv7 } from 'uuidv7'
import type { Answer, Credentials } from './company.ts'
import { startCourierCompany } from './courier-company.ts'
import { parrotWith } from './parrot-channel.ts'
import { startParrot } from './parrot-provider.ts'

/** Texts to phones: whoever has a number can be written to first. */
const texting = parrotWith(
  { window: null },
  {
    address: (text) => {
      const digits = text.replaceAll(/[\s()-]/g, '')
      return /^(\+86)?1\d{10}$/.test(digits) ? `+86${digits.slice(-11)}` : null
    },
  },
)

export const topics = [
  { key: 'refund', label: 'Refund' },
  { key: 'other', label: 'Something else' },
]

type Offline = Partial<InboxSettings['offline']>

/** A company with web chat where messages can be left, letters and text messages to answer them. */
export async function startLeavingCompany() {
  const provider = await startParrot()
  const company = await startCourierCompany({ channels: [texting] })
  const { must, call, admin, agent, db } = company
  const texts: { id: string } = await must('POST', '/api/v1/inboxes', admin.credentials, {
    name: 'Texts',
    channel: texting.about.id,
    teamIds: [company.teams.second],
  })
  const accountPath = `/api/v1/inboxes/${texts.id}/account`
  const { version, callbackUrl } = await must('GET', accountPath, admin.credentials)
  await must('PUT', accountPath, admin.credentials, { version, config: provider.config })
  const textsCallback = company.url + new URL(String(callbackUrl)).pathname
  const web = company.inboxes.first
  const secret = (await must('POST', `/api/v1/inboxes/${web.id}/secrets`, admin.credentials, {})).secret

  async function set(offline: Offline, rest: Partial<InboxSettings> = {}, calendarId?: string): Promise<void> {
    const { inboxes } = await must('GET', '/api/v1/inboxes', admin.credentials)
    const before = inboxes.find(({ id }: { id: string }) => id === web.id)
    const answersFrom = { mailInboxId: company.inbox.id, smsInboxId: texts.id }
    const settings = inboxSettings.parse({
      defaultLocale: 'en',
      offline: { always: true, topics, answersFrom, ...offline },
      ...rest,
    })
    const calendar = calendarId === undefined ? {} : { calendarId }
    await must('PATCH', `/api/v1/inboxes/${web.id}`, admin.credentials, {
      version: before.version,
      settings,
      ...calendar,
    })
  }
  await set({})

  async function session(body: object = {}) {
    const opened = await must('POST', `/api/client/v1/inboxes/${web.key}/sessions`, {}, body)
    const credentials: Credentials = { authorization: `Bearer ${opened.token}` }
    return { token: String(opened.token), credentials, contactId: String(opened.visitor.contactId) }
  }
  const leave = (visitor: { credentials: Credentials }, body: object = {}) =>
    call('POST', '/api/client/v1/offline-messages', visitor.credentials, {
      clientKey: uuidv7(),
      values: {},
      text: 'Where is my order?',
      ...body,
    })
  /** Somebody new who leaves a message. */
  async function left(body: object = {}, opening: object = {}) {
    const visitor = await session(opening)
    const answer = await leave(visitor, body)
    if (answer.status !== 200) throw new Error(answer.text)
    return { ...visitor, id: String(answer.body.conversation.id), answer }
  }
  const outletsOf = async (id: string) =>
    (await must('GET', `/api/v1/conversations/${id}/outlets`, agent.credentials)).outlets
  /** All that the widget can ask for about them, as one text. */
  async function seenBy({ credentials }: { credentials: Credentials }, id: string): Promise<string> {
    const answers = await Promise.all(
      ['me', `conversations/${id}/entries`, `conversations/${id}/transcript`].map((path) =>
        call('GET', `/api/client/v1/${path}`, credentials),
      ),
    )
    return answers.map((answer) => answer.text).join('\n')
  }
  async function identityAt(inboxId: string, address: string) {
    return db
      .selectFrom('identities')
      .selectAll()
      .where('inbox_id', '=', inboxId)
      .where('address', '=', address)
      .executeTakeFirst()
  }
  /** Somebody sends a text message; resolves when it is worked off. */
  async function text(from: string, words: string, more: object = {}): Promise<void> {
    const id = uuidv7()
    const fields = { id, content: { type: 'text', text: words, markup: 'none' }, ...more }
    await provider.deliver(textsCallback, [{ id, from, fields }])
    for (;;) {
      const row = await db.selectFrom('channel_events').select('state').where('event_id', '=', id).executeTakeFirst()
      if (row?.state === 'done') return
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
  return {
    ...company,
    provider,
    texts,
    textsCallback,
    web,
    secret,
    set,
    session,
    leave,
    left,
    outletsOf,
    seenBy,
    identityAt,
    text,
  }
}

/** What an answer tells of the message that was left. */
export function leftIn({ body }: Answer): LeftMessage {
  const message = body.entries.find(({ kind }: { kind: string }) => kind === 'message.received')
  return leftMessageContent.parse(message?.body.content)
}
