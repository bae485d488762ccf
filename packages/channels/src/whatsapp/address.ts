/**
 * A customer is a phone number in digits, or a business-scoped user id of those who hide theirs.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/business-scoped-user-ids (2026-05-28)
 */
const userId = /^[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{1,128}$/

export const isUserId = (address: string): boolean => userId.test(address)

export function addressOf(text: string): string | null {
  const typed = text.trim()
  if (isUserId(typed)) return typed
  if (!/^(?:\+|00)?[\d\s().-]+$/u.test(typed)) return null
  const digits = typed.replace(/^00/u, '').replace(/\D/gu, '')
  return /^[1-9]\d{6,14}$/.test(digits) ? digits : null
}
