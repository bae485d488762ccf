import type { Mail } from '@qiao/mail'
import { mailAddress } from './address.ts'
import type { Stored } from './stored.ts'

/**
 * What a mail server could not deliver of ours. Others could write such a mail: it counts when it names a letter by a
 * name that only who got it knows. Some servers give what we send another Message-ID; ours is in a header of its own.
 */
export function bounceOfOurs(mail: Mail, raw: Buffer, isOurs: (messageId: string) => boolean): Stored['bounce'] | null {
  const { bounce } = mail
  if (!bounce) return null
  const inHeaders = raw
    .toString('latin1', 0, 1_000_000)
    .matchAll(/^[> ]*X-Qiao-Id:\s*(<[^<>\s]{1,998}>)/gimu)
    .map(([, id = '']) => id)
  const messageId = [bounce.originalMessageId ?? '', ...inHeaders].find((id) => isOurs(id))
  if (messageId === undefined) return null
  return {
    kind: bounce.kind,
    recipient: mailAddress(bounce.recipient ?? '') ?? '',
    status: bounce.status?.slice(0, 20) ?? null,
    diagnostic: bounce.diagnostic?.replaceAll('\0', '').slice(0, 500) ?? null,
    messageId,
  }
}
