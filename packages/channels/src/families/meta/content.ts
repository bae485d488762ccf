import type { ReceivedContent } from '../../events.ts'

/** What Meta's products say in the same way. */

export const unsupported = (summary: string): ReceivedContent => ({
  type: 'unsupported',
  summary: summary.slice(0, 500),
})

/** U+0000 cannot be stored, and a message without a word is not one. */
export function textOf(text: string): ReceivedContent {
  const clean = text.replaceAll('\0', '')
  return clean.trim() === '' ? unsupported('Message without text') : { type: 'text', text: clean, markup: 'none' }
}

export const timeOf = (ms: number): string => new Date(Math.min(ms, 253_402_300_799_999)).toISOString()
