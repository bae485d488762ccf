import { chosenStates } from '@qiao/protocol'
import { useQuery } from '@tanstack/react-query'
import { Button, Dropdown } from 'antd'
import { useRef, useState } from 'react'
import { currentLanguage, useWords } from '../../shared/i18n.ts'
import { OfflineDialog } from '../../shared/routing/offline-dialog.tsx'
import { type OfflineQuestion, offlineQuestion, workOf } from '../../shared/routing/offline-work.ts'
import { routingSettingsQuery, useQueues } from '../../shared/staff.ts'
import type { AgentRow } from './agent-rows.ts'
import { useHoldBoard } from './hold-board.ts'
import { useSupervision } from './use-supervision.ts'
import { words } from './words.ts'

export function StateMenu({ row: { agent, state } }: { row: AgentRow }) {
  const t = useWords(words)
  const { setState } = useSupervision()
  const { data } = useQuery(routingSettingsQuery)
  const breaks = (data?.reasons ?? []).filter((reason) => reason.kind === 'break')
  const queues = useQueues()
  const button = useRef<HTMLButtonElement>(null)
  const [open, setOpen] = useState(false)
  useHoldBoard(open)
  const [asking, setAsking] = useState<OfflineQuestion | null>(null)
  const set = (next: (typeof chosenStates)[number], reasonId: string | null = null): void => {
    const question = next === 'offline' ? offlineQuestion(state.held, queues, 'lead') : null
    if (question) setAsking(question)
    else setState(agent.id, { state: next, reasonId }, agent.name, t(`state.${next}`))
  }
  const items = chosenStates.map((one) => {
    const label = t(`state.${one}`)
    if (one !== 'break' || breaks.length === 0) {
      return { key: one, label, disabled: one === state.state, onClick: () => set(one) }
    }
    const children = breaks.map(({ id, names }) => ({
      key: id,
      label: currentLanguage() === 'en' ? names.en : names.zh,
      onClick: () => set('break', id),
    }))
    return { key: one, label, children }
  })
  return (
    <>
      <Dropdown menu={{ items }} trigger={['click']} placement="bottomRight" onOpenChange={setOpen}>
        <Button ref={button} size="small" aria-label={t('changeStateOf', { agent: agent.name })}>
          {t('changeState')}
        </Button>
      </Dropdown>
      {asking ? (
        <OfflineDialog
          question={asking}
          agent={agent.name}
          onChoose={(choice) =>
            setState(agent.id, { state: 'offline', reasonId: null, ...workOf(choice) }, agent.name, t('state.offline'))
          }
          onClosed={() => {
            setAsking(null)
            button.current?.focus()
          }}
        />
      ) : null}
    </>
  )
}
