import type { Mail } from '@qiao/mail'
import { domainOf, isLookalike, mailAddress } from './address.ts'
import type { Stored } from './stored.ts'

/** What makes people take a sender for somebody else, as codes whose words the screens have. */
export function deceptions(mail: Mail, from: Stored['from'], own: readonly string[]): string[] {
  const domain = domainOf(from.address)
  const found: string[] = []
  if (mailAddress(from.address) && isLookalike(domain, own.map(domainOf))) found.push('sender-lookalike')
  const [named] = /[^\s<>"'()@]+@[^\s<>"'()@]+\.[^\s<>"'()@]+/u.exec(from.name) ?? []
  const namedAddress = mailAddress(named ?? '')
  if (namedAddress && namedAddress !== from.address) found.push('name-is-address')
  const answersElsewhere = mail.replyTo.some(({ address }) => {
    const other = domainOf(mailAddress(address) ?? from.address)
    return other !== domain && !other.endsWith(`.${domain}`) && !domain.endsWith(`.${other}`)
  })
  return answersElsewhere ? [...found, 'reply-to-differs'] : found
}
