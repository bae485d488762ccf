import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { memoryKeep } from '../testing/memory-keep.ts'
import { provideParts } from '../testing/provide-parts.ts'
import type { Keep } from './storage.ts'
import { comeBack, problem, problemWords } from './sign-in.ts'
import { drafts, notice, visitor } from './store.ts'

let keep: Keep
const take = vi.fn<typeof fetch>()
const flush = vi.fn<() => Promise<void>>()
const person = (contactId: string) => ({ contactId, name: 'Li', email: null, phone: null, identified: true })
const given = (contactId: string): Response =>
  new Response(JSON.stringify({ token: `qv_${contactId}`, visitor: person(contactId) }), { status: 201 })

beforeEach(() => {
  keep = memoryKeep()
  take.mockReset()
  flush.mockReset().mockResolvedValue()
  vi.stubGlobal('fetch', take)
  vi.stubGlobal('location', { search: '', origin: 'https://desk.example' })
  vi.stubGlobal('navigator', { userAgent: 'test', language: 'en' })
  vi.stubGlobal('screen', { width: 1, height: 1 })
  problem.value = null
  notice.value = null
  drafts.value = new Map()
  provideParts({
    base: 'https://desk.example',
    keep,
    session: { token: () => keep.get('token'), identified: () => keep.get('person') !== null },
    line: { stop: vi.fn<() => void>(), connect: vi.fn<() => void>() },
    outbox: { reload: vi.fn<() => void>(), flush },
    api: { me: () => Promise.reject(new Error('not here')) },
  })
})
afterEach(() => {
  vi.unstubAllGlobals()
})

describe('back from the provider', () => {
  it.each([
    ['not-admitted', 'not-admitted'],
    ['cancelled', 'cancelled'],
    ['<b>call this number</b>', 'failed'],
    ['__proto__', 'failed'],
  ])('tells by known words only why it came to nothing: %s', async (said, shown) => {
    await comeBack(said)
    expect(problem.value).toBe(shown)
    expect(problemWords()).toMatch(/^[A-Z]/)
    expect(take).not.toHaveBeenCalled()
    expect(keep.get('choose')).toBe(shown === 'not-admitted' ? '1' : null)
  })

  it('takes the session up, with the cookie of this browser, and sends what waited', async () => {
    take.mockResolvedValue(given('li'))
    keep.set('choose', '1')
    await comeBack('yes')
    expect(take.mock.calls[0]?.[1]).toMatchObject({ method: 'POST', credentials: 'same-origin' })
    expect([keep.get('token'), visitor.value?.contactId, keep.get('choose')]).toEqual(['qv_li', 'li', null])
    expect(flush).toHaveBeenCalledOnce()
  })

  it('leaves nothing of the one who was here before to the next', async () => {
    take.mockResolvedValueOnce(given('li')).mockResolvedValueOnce(given('li')).mockResolvedValueOnce(given('wang'))
    await comeBack('yes')
    keep.set('out:1', '{}')
    drafts.value = new Map([['start', 'my salary']])
    // Her sign-in was over, and she signs in again: what waits is still hers.
    keep.remove('token')
    await comeBack('yes')
    expect([keep.get('out:1'), drafts.value.size]).toEqual(['{}', 1])
    keep.remove('token')
    await comeBack('yes')
    expect([keep.get('token'), keep.get('out:1'), drafts.value.size]).toEqual(['qv_wang', null, 0])
  })

  it('says that it did not work, unless somebody is signed in already', async () => {
    take.mockImplementation(async () => new Response('{"code":"identity-invalid"}', { status: 401 }))
    keep.set('token', 'qv_li')
    await comeBack('yes')
    expect(notice.value).toBeNull()
    keep.remove('token')
    await comeBack('yes')
    expect(notice.value).not.toBeNull()
  })
})
