import { type Conversation, type ConversationItem, listMergeTargets } from '@qiao/protocol'
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query'
import { App, Button, Input, Modal } from 'antd'
import { useState } from 'react'
import { call } from '../../../shared/api.ts'
import { useWords } from '../../../shared/i18n.ts'
import { contactName } from '../../../shared/names.ts'
import { dateTime } from '../../../shared/time.ts'
import type { ConversationActions } from '../actions/use-conversation-actions.ts'
import { useThreadContext } from '../thread/thread-context.tsx'
import { inboxWords } from '../words.ts'
import { joinedWords } from './words.ts'
import './joined.css'

interface MergeDialogProps {
  conversation: Pick<Conversation, 'id' | 'number'>
  actions: ConversationActions
  onClose: () => void
}

const targetsQuery = (id: string, search: string) =>
  queryOptions({
    queryKey: ['merge-targets', id, search] as const,
    queryFn: async ({ signal }) =>
      (await call(listMergeTargets, { params: { id }, query: search === '' ? {} : { search } }, { signal })).items,
    placeholderData: keepPreviousData,
  })

/** Into which one. The arrows go through what is found, Enter in the field takes the first. */
export function MergeDialog({ conversation, actions, onClose }: MergeDialogProps) {
  const t = useWords(joinedWords)
  const { openConversation } = useThreadContext()
  const { message } = App.useApp()
  const [search, setSearch] = useState('')
  const { data: items = [], isPending } = useQuery(targetsQuery(conversation.id, search.trim()))
  const merge = async ({ conversation: into }: ConversationItem): Promise<void> => {
    if (!(await actions.merge(into.id))) return
    onClose()
    openConversation(into.id)
    const undo = (
      <Button type="link" size="small" onClick={() => void actions.unmerge()}>
        {t('merge.undo')}
      </Button>
    )
    const words = t('merge.done', { number: into.number })
    void message.success({
      content: (
        <span>
          {words} {undo}
        </span>
      ),
      duration: 5,
    })
  }
  return (
    <Modal
      open
      title={t('merge.title', { number: conversation.number })}
      footer={null}
      destroyOnHidden
      onCancel={onClose}
    >
      <p className="q-merge-hint">{t('merge.hint')}</p>
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- arrows move between what is focused within */}
      <div onKeyDown={stepByArrows}>
        <Input
          autoFocus
          allowClear
          value={search}
          placeholder={t('merge.search')}
          aria-label={t('merge.search')}
          onChange={(event) => setSearch(event.target.value)}
          onPressEnter={() => items[0] && void merge(items[0])}
        />
        <ul className="q-merge-targets" aria-label={t('merge.targets')} aria-busy={isPending}>
          {items.map((item) => (
            <li key={item.conversation.id}>
              <Target item={item} onChoose={() => void merge(item)} />
            </li>
          ))}
        </ul>
      </div>
      {items.length === 0 && !isPending ? <p className="q-choice-note">{t('merge.none')}</p> : null}
    </Modal>
  )
}

function Target({ item, onChoose }: { item: ConversationItem; onChoose: () => void }) {
  const t = useWords(joinedWords)
  const inbox = useWords(inboxWords)
  const { number, subject, state, lastActivityAt, lastMessage } = item.conversation
  const about = subject ?? lastMessage?.preview ?? t('no-subject')
  return (
    <button type="button" className="q-choice is-action" onClick={onChoose}>
      <span className="q-choice-name">
        #{number} {about}
      </span>
      <span className="q-choice-note">
        {contactName(item.contact)} · {inbox(`state.${state}`)} · {dateTime(lastActivityAt)}
      </span>
    </button>
  )
}

function stepByArrows(event: React.KeyboardEvent<HTMLElement>): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
  if (step === 0) return
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>('input, .q-choice')]
  const at = stops.findIndex((stop) => stop === document.activeElement)
  event.preventDefault()
  stops[at + step]?.focus()
}
