import type { ConversationItem, Entry } from '@qiao/protocol'
import { Button, Input } from 'antd'
import { memo, useLayoutEffect, useRef, useState } from 'react'
import { useWords } from '../../../shared/i18n.ts'
import { useUnfinished } from '../../../shared/unfinished.ts'
import type { ConversationActions } from '../actions/use-conversation-actions.ts'
import { workWords } from '../work-words.ts'
import { type Consult, consultsOf } from './consults.ts'
import { ConsultWords } from './inner-rows.tsx'
import { personOf, useThreadContext } from './thread-context.tsx'

interface ConsultDockProps {
  item: ConversationItem
  entries: readonly Entry[]
  actions: ConversationActions
}

/** Consultations that go on, beside the conversation with the customer and on a ground of their own. */
export const ConsultDock = memo(function ConsultDock({ item, entries, actions }: ConsultDockProps) {
  const { consults } = item.conversation
  if (consults.length === 0) return null
  const told = consultsOf(entries)
  return consults.map(({ id, agentId }) => {
    const known = told.find((consult) => consult.id === id)
    const consult = known ?? { id, agentId, by: null, said: [] }
    return (
      <Dock key={id} consult={{ ...consult, agentId }} assigneeId={item.conversation.assigneeId} actions={actions} />
    )
  })
})

interface DockProps {
  consult: Consult & { agentId: string }
  assigneeId: string | null
  actions: ConversationActions
}

function Dock({ consult, assigneeId, actions }: DockProps) {
  const t = useWords(workWords)
  const context = useThreadContext()
  const { me } = context
  const [text, setText] = useState('')
  const [busy, setBusy] = useState(false)
  useUnfinished(busy || text.trim() !== '')
  const scroller = useRef<HTMLDivElement>(null)
  const count = consult.said.length
  useLayoutEffect(() => {
    if (count > 0) scroller.current?.scrollTo({ top: scroller.current.scrollHeight })
  }, [count])
  const asked = consult.agentId === me.id
  const other = asked
    ? (consult.by ?? { type: 'agent' as const, id: assigneeId ?? '' })
    : { type: 'agent' as const, id: consult.agentId }
  const { name } = personOf(other, context)
  const say = async (): Promise<void> => {
    const words = text.trim()
    if (words === '' || busy) return
    setBusy(true)
    // The next sentence can be begun meanwhile; refused words come back in front of it.
    setText('')
    if (!(await actions.sayInConsult(consult.id, words))) setText((next) => `${words} ${next}`.trim())
    setBusy(false)
  }
  return (
    <section className="q-consult" aria-label={t('consult.title', { name })}>
      <header className="q-consult-head">
        <strong>{t('consult.title', { name })}</strong>
        <span className="q-inner-badge">{t('consult.badge')}</span>
        {asked ? null : (
          <>
            <Button size="small" type="link" onClick={() => void actions.addParticipant(consult.agentId)}>
              {t('consult.add')}
            </Button>
            <Button
              size="small"
              type="link"
              onClick={() => void actions.transfer({ agentId: consult.agentId, teamId: null })}
            >
              {t('consult.handOver', { name })}
            </Button>
          </>
        )}
        <Button size="small" type="text" onClick={() => void actions.endConsult(consult.id)}>
          {t('consult.end')}
        </Button>
      </header>
      <div
        ref={scroller}
        className="q-consult-scroll"
        role="log"
        aria-label={t('consult.messages', { name })}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by keyboard
        tabIndex={0}
      >
        <ConsultWords consult={consult} />
      </div>
      <form
        className="q-consult-form"
        onSubmit={(event) => {
          event.preventDefault()
          void say()
        }}
      >
        <Input
          value={text}
          maxLength={4000}
          placeholder={t('consult.hint', { name })}
          aria-label={t('consult.hint', { name })}
          onChange={(event) => setText(event.target.value)}
        />
        <Button htmlType="submit" disabled={text.trim() === ''} loading={busy}>
          {t('consult.send')}
        </Button>
      </form>
    </section>
  )
}
