/** Numbers as people type them and as the providers write them; +8613800138000 is canonical (E.164). */
export function canonicalPhone(text: string): string | null {
  const plain = text.normalize('NFKC').replace(/[\s().-]/gu, '')
  if (/^1[3-9]\d{9}$/u.test(plain)) return `+86${plain}`
  if (/^861[3-9]\d{9}$/u.test(plain)) return `+${plain}`
  const international = plain.replace(/^00/u, '+')
  if (international.startsWith('+86')) return isMainland(international) ? international : null
  return /^\+[1-9]\d{6,14}$/u.test(international) ? international : null
}

export const isMainland = (address: string): boolean => /^\+861[3-9]\d{9}$/u.test(address)
