import type { Channel, Json, OpenLink, Problem, RawEvent } from '@qiao/channels'
import { uuidv7 } from 'uuidv7'
import { describe, expect, test } from 'vitest'
import { parrot, parrotWith } from '../../testing/parrot-channel.ts'
import { startParrotCompany, until } from '../../testing/parrot-company.ts'
import { text } from '../../testing/parrot-provider.ts'

const ordered = { ordering: { in: 'ordered' as const, settleMs: 0 } }
const message = (from: string, words: string, position: number): RawEvent => {
  const id = uuidv7()
  const data = { id, from, at: new Date().toISOString(), position, kind: 'message', fields: { id, ...text(words) } }
  return { id, orderKey: from, position, data: JSON.parse(JSON.stringify(data)) }
}
/** Another name, for what is not called but calls. */
const about = (id: string): Channel['about'] => ({ ...parrot.about, id })

describe('a provider that is asked', () => {
  const log: RawEvent[] = []
  const asked = { at: [] as Json[], atOnce: 0, most: 0, fails: 1 }
  const channel = parrotWith(ordered, {
    about: about('asked-parrot'),
    pull: {
      everyMs: 300,
      async fetch(state) {
        asked.atOnce += 1
        asked.most = Math.max(asked.most, asked.atOnce)
        asked.at.push(state)
        await new Promise((resolve) => setTimeout(resolve, 50))
        asked.atOnce -= 1
        if (asked.fails > 0) {
          asked.fails -= 1
          return { kind: 'failed', problem: { code: 'provider-failed' }, afterMs: 100 }
        }
        const from = typeof state === 'number' ? state : 0
        const events = log.slice(from, from + 2)
        return { kind: 'fetched', events, state: from + events.length, more: from + events.length < log.length }
      },
    },
  })
  const { webhook: _none, ...pulled } = channel

  test('everything is fetched once, from where it ended, by one process at a time', async () => {
    log.push(message('5001', 'one', 1), message('5001', 'two', 2), message('5001', 'three', 3))
    const company = await startParrotCompany({ channel: pulled })
    await until(async () => (await company.messagesOf('5001')).length === 3)
    log.push(message('5001', 'four', 4))
    await until(async () => (await company.messagesOf('5001')).length === 4)
    expect(await company.messagesOf('5001')).toEqual(['one', 'two', 'three', 'four'])
    expect(asked.most).toBe(1)
    expect(asked.at.slice(0, 3)).toEqual([null, null, 2])
  })
})

test('what a provider gave with its call is shown when it is asked', async () => {
  const shown: (Json | undefined)[] = []
  const response = { status: 200, body: '' }
  const hint = { token: 'good for ten minutes' }
  const channel = parrotWith(ordered, {
    about: about('hinting-parrot'),
    webhook: { accept: () => ({ kind: 'accepted', events: [], pull: true, hint, response }) },
    pull: {
      everyMs: 60_000,
      async fetch(state, _context, given) {
        shown.push(given)
        return { kind: 'fetched', events: [], state, more: false }
      },
    },
  })
  const company = await startParrotCompany({ channel })
  await until(() => shown.length === 1)
  await company.must('POST', company.callbackPath, {}, {})
  await until(() => shown.length === 2)
  expect(shown).toEqual([undefined, hint])
})

describe('a provider that keeps a connection open', () => {
  const links: {
    take: (events: readonly RawEvent[]) => Promise<void>
    end: (problem: Problem) => void
    unsure: readonly string[]
    closed: boolean
  }[] = []
  const channel = parrotWith(ordered, {
    about: about('linked-parrot'),
    link: {
      repeatsMs: 1_000,
      async open(_context, take, _ask, unsure): Promise<OpenLink> {
        let end: (problem: Problem) => void = () => undefined
        const over = new Promise<Problem>((resolve) => (end = resolve))
        const link = { take, end, unsure, closed: false }
        links.push(link)
        return {
          over,
          close: async () => {
            link.closed = true
          },
        }
      },
    },
  })
  const { webhook: _none, ...linked } = channel

  test('is connected by one process, again when it ends, and let go when the inbox is paused', async () => {
    const company = await startParrotCompany({ channel: linked })
    await company.another()
    await until(() => links.length === 1)
    await links[0]?.take([message('5101', 'over the line', 1)])
    await until(async () => (await company.messagesOf('5101')).length === 1)
    links[0]?.end({ code: 'not-connected' })
    await until(() => links.length === 2)
    expect(await company.must('GET', `${company.accountPath}/status`, company.admin.credentials)).toMatchObject({
      lastProblem: { code: 'not-connected' },
    })
    await links[1]?.take([message('5101', 'and again', 2)])
    await until(async () => (await company.messagesOf('5101')).length === 2)
    const inboxPath = `/api/v1/inboxes/${company.inbox.id}`
    await company.must('PATCH', inboxPath, company.admin.credentials, { paused: true })
    await until(() => links[1]?.closed)
    expect(links).toHaveLength(2)
  })
  test('the next connection hears what the provider was perhaps not told of', async () => {
    links.length = 0
    const company = await startParrotCompany({ channel: linked })
    const next = async (count: number) => {
      links.at(-1)?.end({ code: 'not-connected' })
      await until(() => links.length === count)
      return links.at(-1)?.unsure
    }
    const toldUntil = async (): Promise<number> => {
      const { pull_state: state } = await company.db
        .selectFrom('channel_accounts')
        .select('pull_state')
        .where('inbox_id', '=', company.inbox.id)
        .executeTakeFirstOrThrow()
      return Date.parse(JSON.parse(JSON.stringify(state ?? {})).toldUntil ?? '1970-01-01')
    }
    await until(() => links.length === 1)
    await links[0]?.take([message('5201', 'long ago', 1)])
    const tooOld = Date.now() + 1_000
    await until(async () => (await toldUntil()) > tooOld)
    expect(await next(2)).toEqual([])
    const last = message('5201', 'just now', 2)
    await links[1]?.take([last])
    expect(await next(3)).toEqual([last.id])
    // Until others are told of, it stays so.
    expect(await next(4)).toEqual([last.id])
  })
})
