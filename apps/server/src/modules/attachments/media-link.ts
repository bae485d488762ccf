import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'

/** What can be fetched of an attachment: the file itself, what a page shows or plays, a small picture. */
export const mediaVariants = ['original', 'view', 'thumbnail'] as const
export type MediaVariant = (typeof mediaVariants)[number]

export type LinkSecret = Uint8Array

const lifetimeMs = 15 * 60_000
/** Links made within the same step are equal, so that a browser finds its cached copy. */
const stepMs = 5 * 60_000

/** A key of its own, so that a link can never stand for anything else that the server signs. */
export const linkSecret = (serverSecret: string): LinkSecret =>
  new Uint8Array(hkdfSync('sha256', serverSecret, '', 'qiao media links v1', 32))

/** Between 15 and 20 minutes from now. */
export const linkExpiry = (now: Date): Date => new Date(Math.ceil((now.getTime() + lifetimeMs) / stepMs) * stepMs)

export function signMediaPath(secret: LinkSecret, id: string, variant: MediaVariant, expires: Date): string {
  const seconds = Math.floor(expires.getTime() / 1000)
  return `/media/${id}/${variant}?e=${seconds}&s=${signature(secret, id, variant, seconds)}`
}

export type LinkVerdict = 'valid' | 'expired' | 'forged'

export function checkMediaLink(
  secret: LinkSecret,
  link: { id: string; variant: MediaVariant; expires: number; signature: string },
  now: Date,
): LinkVerdict {
  const expected = Buffer.from(signature(secret, link.id, link.variant, link.expires))
  const given = Buffer.from(link.signature)
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return 'forged'
  return link.expires * 1000 > now.getTime() ? 'valid' : 'expired'
}

function signature(secret: LinkSecret, id: string, variant: MediaVariant, expires: number): string {
  return createHmac('sha256', secret).update(`${id}/${variant}/${expires}`).digest('base64url')
}
