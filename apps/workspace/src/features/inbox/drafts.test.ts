import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type DraftBody, emptyDraft, keepDraft, loadDraft, localDraft, newerDraft } from './drafts.ts'

const me = 'agent-a'
const id = '0190aaaa-0000-7000-8000-000000000001'
/** What the server holds for the agent; the other device writes it too. */
let server: (DraftBody & { updatedAt: string }) | null
let up: boolean
const storage = new Map<string, string>()
const typed = (text: string): DraftBody => ({ ...emptyDraft, text })
const load = async (): Promise<string> => (await loadDraft(me, id, new AbortController().signal)).text
const passed = () => vi.advanceTimersByTimeAsync(1100)

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse('2026-01-05T08:00:00Z') })
  server = null
  up = true
  storage.clear()
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => storage.get(key) ?? null,
    setItem: (key: string, value: string) => void storage.set(key, value),
    removeItem: (key: string) => void storage.delete(key),
  })
  vi.stubGlobal('fetch', async (_url: string, init: { method: string; body?: string }) => {
    if (!up) throw new TypeError('No network')
    if (init.method === 'GET') return Response.json({ draft: server })
    const body: DraftBody = JSON.parse(init.body ?? '')
    const empty = body.text.trim() === '' && body.whisper.trim() === '' && body.mail === null
    server = empty ? null : { ...body, updatedAt: new Date().toISOString() }
    return new Response(null, { status: 204 })
  })
})
afterEach(async () => {
  await passed()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

test('what was typed on one device is found on another, and the newest words win', async () => {
  keepDraft(me, id, typed('Half a sen'))
  await passed()
  expect(server?.text).toBe('Half a sen')
  storage.clear()
  expect(await load()).toBe('Half a sen')
  server = { ...typed('Half a sentence'), updatedAt: new Date().toISOString() }
  expect(await load()).toBe('Half a sentence')
})

test('what another device sent does not come back on this one', async () => {
  keepDraft(me, id, typed('Sent elsewhere'))
  await passed()
  server = null
  expect(await load()).toBe('')
  expect(localDraft(me, id)).toBeNull()
})

test('what was just sent does not come back before the server has heard of it', async () => {
  keepDraft(me, id, typed('On its way'))
  await passed()
  keepDraft(me, id, emptyDraft)
  expect(await load()).toBe('')
  await passed()
  expect(server).toBeNull()
})

test('without network words stay, and are saved when the conversation is opened again', async () => {
  up = false
  keepDraft(me, id, typed('In the tunnel'))
  await passed()
  expect(await load()).toBe('In the tunnel')
  up = true
  expect(await load()).toBe('In the tunnel')
  await passed()
  expect(server?.text).toBe('In the tunnel')
})

test('a whisper is kept beside the reply, and outlives it', async () => {
  keepDraft(me, id, { ...emptyDraft, text: 'To the customer', whisper: 'To the agent', mode: 'whisper' })
  await passed()
  storage.clear()
  expect(await loadDraft(me, id, new AbortController().signal)).toMatchObject({
    text: 'To the customer',
    whisper: 'To the agent',
    mode: 'whisper',
  })
  keepDraft(me, id, { ...emptyDraft, whisper: 'To the agent', mode: 'whisper' })
  await passed()
  expect(server).toMatchObject({ text: '', whisper: 'To the agent' })
  expect(localDraft(me, id)).toMatchObject({ text: '', whisper: 'To the agent' })
})

test('a newer whisper from another device wins though the reply is the same', async () => {
  keepDraft(me, id, { ...emptyDraft, whisper: 'Ask for' }, new Date(0))
  const newer = { ...emptyDraft, whisper: 'Ask for the order', updatedAt: new Date().toISOString() }
  expect(newerDraft(localDraft(me, id), newer)).toBe(newer)
})

test('words that were deleted without network do not come back either', async () => {
  keepDraft(me, id, typed('Never mind'))
  await passed()
  up = false
  keepDraft(me, id, emptyDraft)
  await passed()
  up = true
  expect(await load()).toBe('')
  await passed()
  expect(server).toBeNull()
})

test('a mail that is being written is kept like any words, and gone once it is sent', async () => {
  const mail: DraftBody['mail'] = {
    kind: 'reply-all',
    entryId: null,
    to: [{ name: '', address: 'fang@example.com' }],
    cc: [],
    bcc: [],
    subject: 'Tea',
    html: '<p>It has arrived</p>',
    attachments: [],
    signed: true,
    quoted: true,
  }
  keepDraft(me, id, { ...emptyDraft, mail })
  await passed()
  expect(server?.mail?.html).toBe('<p>It has arrived</p>')
  storage.clear()
  const { mail: found } = await loadDraft(me, id, new AbortController().signal)
  expect(found).toEqual(mail)
  keepDraft(me, id, emptyDraft)
  await passed()
  expect(server).toBeNull()
})
