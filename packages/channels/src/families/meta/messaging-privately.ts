import type { Capabilities } from '../../capabilities.ts'
import type { OutgoingMessage, Rendered } from '../../contract.ts'
import { textLength } from '../../split-text.ts'
import { wordsOf } from './messaging-render.ts'

const impossible = (code: 'unsupported' | 'content-refused' | 'too-long', detail: string): Rendered => ({
  kind: 'impossible',
  problem: { code, detail },
})

/**
 * One message for one comment, within seven days of it; it opens no window.
 * https://developers.facebook.com/docs/instagram-platform/private-replies (2026-06-30)
 */
export function renderPrivately(message: OutgoingMessage, { text }: Pick<Capabilities, 'text'>): Rendered {
  const { content, privately } = message
  if (!privately) return impossible('unsupported', 'Only a comment can be answered in private')
  if (content.type !== 'text') return impossible('unsupported', 'The private answer to a comment holds only words')
  const words = wordsOf(content, message)
  if (words.trim() === '') return impossible('content-refused', 'Nothing to say')
  const length = textLength(words, text.unit)
  // A second one would be refused.
  if (length > text.most) return impossible('too-long', `${length} of ${text.most} ${text.unit}, in one message`)
  return {
    kind: 'parts',
    parts: [{ request: { recipient: { comment_id: privately }, message: { text: words } } }],
    degraded: [],
  }
}
