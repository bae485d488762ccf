import { lineAt } from './header-block.ts'

export type RecipientStatus = {
  recipient: string | null
  action: string
  status: string | null
  diagnostic: string | null
}

/** RFC 3464: blocks of fields, the first about the mail, the others about one recipient each. */
export function readDeliveryStatus(source: string): RecipientStatus[] {
  const blocks: Map<string, string>[] = [new Map()]
  let last = ''
  for (let at = 0; at < Math.min(source.length, 256 * 1024);) {
    const { line, next } = lineAt(source, at)
    at = next
    const block = blocks.at(-1)!
    const field = /^([\w-]{1,60})\s*:\s*(.*)$/.exec(line)
    if (line.trim() === '') {
      if (block.size > 0) blocks.push(new Map())
    } else if (/^\s/.test(line) && last) block.set(last, `${block.get(last) ?? ''} ${line.trim()}`)
    else if (field) {
      last = field[1]!.toLowerCase()
      if (!block.has(last)) block.set(last, field[2]!.trim())
    }
  }
  return blocks
    .filter((block) => block.has('final-recipient') || block.has('original-recipient') || block.has('action'))
    .map((block) => ({
      recipient: addressIn(block.get('original-recipient')) ?? addressIn(block.get('final-recipient')),
      action: actionIn(block.get('action')),
      status: /\b([245]\.\d{1,3}\.\d{1,3})\b/.exec(block.get('status') ?? '')?.[1] ?? null,
      diagnostic:
        block
          .get('diagnostic-code')
          ?.replace(/^[\w-]+\s*;\s*/, '')
          .replace(/\s+/g, ' ')
          .trim() || null,
    }))
}

/** `failed (no such mailbox)`, and what servers say instead of `failed`. */
function actionIn(value = ''): string {
  const word = /^[a-z]*/i.exec(value.trim())![0].toLowerCase()
  return /^(?:failure|fail|error|undeliverable|rejected)$/.test(word) ? 'failed' : word
}

const addressIn = (value?: string): string | null => {
  const text =
    value
      ?.replace(/^[\w-]+\s*;\s*/, '')
      .replace(/[<>"]/g, '')
      .trim() ?? ''
  return text.includes('@') ? text : null
}
