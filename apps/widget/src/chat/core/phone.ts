/** As the server takes it, or null. Full-width digits, as some input methods give them, are digits. */
export function phoneOf(typed: string): string | null {
  const phone = typed.normalize('NFKC').trim()
  return /^\+?[\d ()-]{5,30}$/.test(phone) && phone.replace(/\D/g, '').length >= 5 ? phone : null
}
