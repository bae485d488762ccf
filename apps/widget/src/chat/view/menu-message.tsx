import type { ContentOf } from '@qiao/protocol/content'
import type { MessageEntry } from '@qiao/protocol/entries'
import { sayMessage } from '../say-message.ts'
import { state, waiting } from '../store.ts'
import { Words } from './markup.tsx'

interface Choice {
  menuEntryId: string
  optionId: string
}
const choiceOf = (content: { type: string; choice?: Choice }): Choice | undefined => content.choice

/** What was picked, from the timeline or from what is on its way. */
function picked(entry: MessageEntry): string | null {
  const entries = state.value.threads.get(entry.conversationId)?.entries ?? []
  const said = [
    ...entries.flatMap((other) => (other.kind === 'message.received' ? [choiceOf(other.body.content)] : [])),
    ...waiting.value.map((item) => choiceOf(item.body.content)),
  ]
  return said.find((choice) => choice?.menuEntryId === entry.id)?.optionId ?? null
}

/** Choices as buttons. Quick replies go away once one is taken; a list stays and shows which. */
export function Menu({ entry, content }: { entry: MessageEntry; content: ContentOf<'menu'> }) {
  const chosen = picked(entry)
  const closed = state.value.conversations.get(entry.conversationId)?.state === 'closed'
  const quick = content.style === 'quick'
  const choose = (id: string, label: string): void =>
    sayMessage(entry.conversationId, { type: 'text', text: label, choice: { menuEntryId: entry.id, optionId: id } })
  return (
    <>
      <Words text={content.text} markup="none" />
      {!(quick && (chosen || closed)) && (
        <div class={quick ? 'chips' : 'choices'}>
          {content.options.map(({ id, label }) => (
            <button
              key={id}
              type="button"
              class={chosen === id ? 'chosen' : ''}
              disabled={chosen !== null || closed}
              onClick={() => choose(id, label)}
            >
              {label}
            </button>
          ))}
        </div>
      )}
    </>
  )
}
