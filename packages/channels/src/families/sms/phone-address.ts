/**
 * Numbers of texts in one form: `+` and up to fifteen digits (E.164), or the few digits of a short code. A number without
 * its country is none: nobody could say whose it is.
 */
export function phoneAddress(text: string): string | null {
  const digits = text
    .normalize('NFKC')
    .replace(/[\s().-]/gu, '')
    .replace(/^00(?=[1-9])/u, '+')
  if (/^\+[1-9]\d{5,14}$/u.test(digits)) return digits
  return /^\d{3,6}$/u.test(digits) ? digits : null
}

/** Short codes are nobody's phone. */
export const phoneAliases = (address: string): { aliases?: { kind: 'phone'; value: string }[] } =>
  address.startsWith('+') ? { aliases: [{ kind: 'phone', value: address }] } : {}
