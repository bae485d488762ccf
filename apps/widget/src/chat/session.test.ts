import { describe, expect, it, vi } from 'vitest'
import { memoryKeep } from '../testing/memory-keep.ts'
import type { Api, SessionBody } from './net/api.ts'
import { createSession, personOf } from './session.ts'

const jwt = (claims: object) => `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.sig`
const visitor = { contactId: 'c', name: null, email: null, phone: null, identified: false }

function setUp(keep = memoryKeep()) {
  let count = 0
  const openSession = vi.fn<Api['openSession']>(async () => ({ token: `token-${(count += 1)}`, visitor }))
  const endSession = vi.fn<Api['endSession']>(async () => undefined)
  const session = createSession({
    keep,
    api: { openSession, endSession },
    about: () => ({}),
    onChange: () => undefined,
  })
  const bodies = (): SessionBody[] => openSession.mock.calls.map(([body]) => body)
  return { session, openSession, endSession, keep, bodies }
}

describe('a session', () => {
  it('is opened when the visitor acts, once', async () => {
    const { session, openSession } = setUp()
    expect(session.token()).toBeNull()
    await Promise.all([session.ensure(), session.ensure()])
    await session.ensure()
    expect(openSession).toHaveBeenCalledTimes(1)
    expect(session.token()).toBe('token-1')
  })

  it('brings the anonymous chat along when the visitor is identified', async () => {
    const { session, bodies } = setUp()
    await session.ensure()
    await session.identify(jwt({ sub: '1' }))
    expect(bodies()[1]).toMatchObject({ identity: jwt({ sub: '1' }), anonymousToken: 'token-1' })
    expect(session.identified()).toBe(true)
  })

  it('stays as it is for a newer token of the same person', async () => {
    const { session, openSession } = setUp()
    await session.identify(jwt({ sub: '1', name: 'Ann', exp: 1 }))
    await session.identify(jwt({ sub: '1', name: 'Ann', exp: 2 }))
    expect(openSession).toHaveBeenCalledTimes(1)
    await session.identify(jwt({ sub: '1', name: 'Anna', exp: 2 }))
    expect(openSession).toHaveBeenCalledTimes(2)
  })

  it('never hands one customer’s chat to another on the same device', async () => {
    const { session, bodies, keep } = setUp()
    await session.identify(jwt({ sub: '1' }))
    keep.set('out:key', '{}')
    await session.identify(jwt({ sub: '2' }))
    expect(bodies()[1]?.anonymousToken).toBeUndefined()
    expect(keep.get('out:key')).toBeNull()
  })

  it('wipes the device when logging out, even when the server cannot be reached', async () => {
    const { session, endSession, keep } = setUp()
    await session.ensure()
    keep.set('out:key', '{}')
    endSession.mockRejectedValueOnce(new Error('offline'))
    await session.logout()
    expect(endSession).toHaveBeenCalledTimes(1)
    expect(keep.names('')).toEqual([])
  })

  it('reads claims outside of ASCII', () => {
    expect(personOf(jwt({ sub: '1', name: '王芳', iat: 5 }))).toBe('{"sub":"1","name":"王芳"}')
    expect(personOf('nonsense')).toBe('nonsense')
  })
})
