import { describe, expect, it } from 'vitest'
import { type ToHost, unwrap, wrap } from './bridge.ts'

const chat = { name: 'frame' }
const from = { window: chat, origin: 'https://chat.example' }
const event = (part: object) => ({ data: wrap({ type: 'close' }), origin: from.origin, source: chat, ...part }) as never

describe('the bridge', () => {
  it('hears its own frame', () => {
    expect(unwrap<ToHost>(event({}), from)).toEqual({ type: 'close' })
  })

  it.each([
    ['another origin', { origin: 'https://evil.example' }],
    ['another window', { source: { name: 'other' } }],
    ['no window', { source: null }],
    ['another speaker on the same page', { data: { type: 'close' } }],
    ['text', { data: '{"qiao":{"type":"close"}}' }],
    ['nothing', { data: null }],
  ])('does not hear %s', (_name, part) => {
    expect(unwrap<ToHost>(event(part), from)).toBeNull()
  })

  it('does not take a missing frame for a message without a source', () => {
    expect(unwrap<ToHost>(event({ source: undefined }), { window: undefined, origin: from.origin })).toBeNull()
  })
})
