import { describe, expect, it } from 'vitest'
import { checkMediaLink, linkExpiry, linkSecret, signMediaPath, mediaVariants } from './media-link.ts'

const secret = linkSecret('a secret of at least 32 characters')
const id = '0198f5a0-0000-7000-8000-000000000001'
const now = new Date('2026-01-05T01:02:03.000Z')

function parse(path: string) {
  const url = new URL(path, 'http://qiao.test')
  const [, , linkId, variant] = url.pathname.split('/')
  const found = mediaVariants.find((known) => known === variant)
  if (found === undefined) throw new Error(`No variant in ${path}`)
  return {
    id: linkId ?? '',
    variant: found,
    expires: Number(url.searchParams.get('e')),
    signature: url.searchParams.get('s') ?? '',
  }
}

describe('media links', () => {
  const link = parse(signMediaPath(secret, id, 'view', linkExpiry(now)))

  it('open what they were made for, until they expire', () => {
    expect(checkMediaLink(secret, link, now)).toBe('valid')
    expect(checkMediaLink(secret, link, new Date(link.expires * 1000 - 1))).toBe('valid')
    expect(checkMediaLink(secret, link, new Date(link.expires * 1000))).toBe('expired')
  })

  it.each([
    ['another attachment', { id: '0198f5a0-0000-7000-8000-000000000002' }],
    ['another variant', { variant: 'original' as const }],
    ['a later expiry', { expires: link.expires + 3600 }],
    ['no signature', { signature: '' }],
    ['a longer signature', { signature: `${link.signature}A` }],
    ['a signature in other bytes', { signature: '字'.repeat(link.signature.length) }],
  ])('do not open %s', (_, change) => {
    expect(checkMediaLink(secret, { ...link, ...change }, now)).toBe('forged')
  })

  it('do not open with another server secret', () => {
    expect(checkMediaLink(linkSecret('another secret of some 32 characters'), link, now)).toBe('forged')
  })

  it('stay equal within a step, and live 15 to 20 minutes', () => {
    expect(linkExpiry(new Date('2026-01-05T01:00:01.000Z'))).toEqual(linkExpiry(new Date('2026-01-05T01:04:59.000Z')))
    for (let second = 0; second < 900; second += 7) {
      const at = new Date(now.getTime() + second * 1000)
      const minutes = (linkExpiry(at).getTime() - at.getTime()) / 60_000
      expect(minutes).toBeGreaterThanOrEqual(15)
      expect(minutes).toBeLessThanOrEqual(20)
    }
  })
})
