import { typingLastsMs } from './core/apply-frame.ts'
import { services } from './services.ts'
import { config, state } from './store.ts'

let saidAt = 0
let saidFor: string | null = null
let quiet: ReturnType<typeof setTimeout> | undefined
let later: ReturnType<typeof setTimeout> | undefined

/** Tells agents that the visitor writes; with the words only where the inbox shows them to agents. */
export function writing(conversationId: string, text: string): void {
  if (!state.value.conversations.has(conversationId)) return
  clearTimeout(quiet)
  clearTimeout(later)
  if (text === '') return stopWriting()
  quiet = setTimeout(stopWriting, typingLastsMs - 1000)
  const preview = config.value?.settings.typingPreview ?? false
  const now = Date.now()
  const pause = saidFor === conversationId ? saidAt + (preview ? 1000 : typingLastsMs / 2) - now : 0
  if (pause > 0) {
    // The words typed last must be seen as well; without them there is nothing new to say.
    if (preview) later = setTimeout(() => writing(conversationId, text), pause)
    return
  }
  saidFor = conversationId
  saidAt = now
  const draft = preview ? { draft: text.slice(0, 2000) } : {}
  services().line.send({ type: 'typing', conversationId, typing: true, ...draft })
}

export function stopWriting(): void {
  clearTimeout(quiet)
  clearTimeout(later)
  if (saidFor !== null) services().line.send({ type: 'typing', conversationId: saidFor, typing: false })
  saidFor = null
}
