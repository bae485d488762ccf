import type { Attachment, AgentContent } from '@qiao/protocol'

/** What is written as the messages that it becomes: files first, each by itself. */
export function contentsOf(attachments: readonly Attachment[], words: string): AgentContent[] {
  const files = attachments.map(({ id, kind, name, mime, bytes, width, height, durationMs }): AgentContent => ({
    type: kind,
    attachment: { id, name, mime, bytes, width, height, durationMs },
  }))
  const text = words.trim()
  return text === '' ? files : [...files, { type: 'text', text, markup: 'light' }]
}
