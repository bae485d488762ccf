import { typingLastsMs } from './core/apply-frame.ts'
import { services } from './services.ts'
import { config, state } from './store.ts'

let saidAt = 0
let saidFor: string | null = null
let quiet: ReturnType<typeof setTimeout> | undefined

/** Tells agents that the visitor writes; with the words only where the inbox shows them to agents. */
export function writing(conversationId: string, text: string): void {
  if (!state.value.conversations.has(conversationId)) return
  clearTimeout(quiet)
  if (text === '') return stopWriting()
  quiet = setTimeout(stopWriting, typingLastsMs - 1000)
  const preview = config.value?.settings.typingPreview ?? false
  const now = Date.now()
  if (saidFor === conversationId && now - saidAt < (preview ? 1000 : typingLastsMs / 2)) return
  saidFor = conversationId
  saidAt = now
  services().line.send({
    type: 'typing',
    conversationId,
    typing: true,
    ...(preview ? { draft: text.slice(0, 2000) } : {}),
  })
}

export function stopWriting(): void {
  clearTimeout(quiet)
  if (saidFor !== null) services().line.send({ type: 'typing', conversationId: saidFor, typing: false })
  saidFor = null
}
