import type { Contact } from '@qiao/protocol'

/** Whom it is for: somebody who is known, or a number as it was typed. */
export type Recipient = { contactId: string; name: string; phone: string | null } | { address: string }

/** What is typed may be a number: the channel says whether it is one of its own. */
export const mayBeNumber = (text: string): boolean =>
  /^\+?[\d\s().-]+$/u.test(text.trim()) && text.replaceAll(/\D/gu, '').length >= 5

export const recipientKey = (recipient: Recipient): string =>
  'contactId' in recipient ? `contact ${recipient.contactId}` : `number ${recipient.address}`

export interface Choice {
  key: string
  recipient: Recipient
}

/** What the list offers for what is typed: the number itself first, then those whom the search found. */
export function choicesFor(
  typed: string,
  found: readonly Pick<Contact, 'id' | 'name' | 'phone' | 'email'>[],
  nameless: string,
): Choice[] {
  const number: Recipient[] = mayBeNumber(typed) ? [{ address: typed.trim() }] : []
  const known = found.map(({ id, name, phone, email }): Recipient => ({
    contactId: id,
    name: name ?? email ?? phone ?? nameless,
    phone,
  }))
  return [...number, ...known].map((recipient) => ({ key: recipientKey(recipient), recipient }))
}
