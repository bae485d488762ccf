import type { ContentOf } from '@qiao/protocol'
import type { MailKey } from './words.ts'

const known: Partial<Record<string, MailKey>> = {
  'boundary-guessed': 'warning.broken',
  'boundary-missing': 'warning.broken',
  'transfer-encoding-broken': 'warning.broken',
  'charset-guessed': 'warning.charset',
  'sender-lookalike': 'warning.lookalike',
  'name-is-address': 'warning.name',
  'reply-to-differs': 'warning.replyTo',
}

const kindOf = (code: string): MailKey =>
  code.startsWith('cut-') ? 'warning.cut' : code.startsWith('file-') ? 'warning.file' : 'warning.other'

type Warned = Pick<ContentOf<'mail'>, 'warnings' | 'missedFiles'>

export interface Said {
  key: MailKey
  code: string
}

/** Several codes can mean the same to a reader, who is told once. Those of a later server are named as they are. */
export function warningsOf({ warnings: codes, missedFiles = [] }: Warned): Said[] {
  const said = new Map<string, Said>()
  // Those are told by their names.
  const named = new Set(missedFiles.map(({ why }) => `file-${why}`))
  for (const code of codes) {
    if (named.has(code)) continue
    const key = known[code] ?? kindOf(code)
    said.set(key === 'warning.other' ? code : key, { key, code })
  }
  return [...said.values()]
}
