/** What customers are called in the company's system: anything that can be read and has an end. */
export function addressOf(text: string): string | null {
  const trimmed = text.trim()
  return trimmed === '' || trimmed.length > 200 || /\p{Cc}/u.test(trimmed) ? null : trimmed
}
