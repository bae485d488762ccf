import type { ConversationItem } from '@qiao/protocol'
import { memo } from 'react'
import { useWords } from '../../../shared/i18n.ts'
import { contactName } from '../../../shared/names.ts'
import { typingStore } from '../../../shared/realtime/presence.ts'
import { useMe } from '../../../shared/session.ts'
import { useStaffNames } from '../../../shared/staff.ts'
import { useStore } from '../../../shared/store.ts'
import { inboxWords } from '../words.ts'

/** Who writes now; the customer's words too where the inbox shows them. Its height is kept, so nothing moves. */
export const TypingLine = memo(function TypingLine({ item }: { item: ConversationItem }) {
  const t = useWords(inboxWords)
  const me = useMe()
  const names = useStaffNames()
  const all = useStore(typingStore, (byId) => byId.get(item.conversation.id)) ?? []
  const contact = all.find(({ who }) => who.type === 'contact')
  const agent = all.find(({ who }) => who.type === 'agent' && who.id !== me.id)
  const name = contactName(item.contact)
  return (
    <div className="q-typing" aria-live="off">
      {contact?.draft ? (
        <span className="q-typing-draft">
          <strong>{t('thread.typingDraft', { name })}</strong> {contact.draft}
        </span>
      ) : null}
      {contact && !contact.draft ? <span>{t('thread.typingContact', { name })}</span> : null}
      {agent ? <span>{t('thread.typingAgent', { name: names.agents.get(agent.who.id)?.name ?? '' })}</span> : null}
    </div>
  )
})
