import type { AgentState } from '@qiao/protocol'
import { useQuery } from '@tanstack/react-query'
import { Popover } from 'antd'
import { useRef, useState } from 'react'
import { useCommands } from '../../shared/commands.ts'
import { useWords } from '../../shared/i18n.ts'
import { myRoutingQuery } from '../../shared/routing/my-routing.ts'
import { useReasons } from '../../shared/routing/names.ts'
import { OfflineDialog } from '../../shared/routing/offline-dialog.tsx'
import { type OfflineQuestion, offlineQuestion, workOf } from '../../shared/routing/offline-work.ts'
import { Ring } from '../../shared/routing/ring.tsx'
import { routingWords } from '../../shared/routing-words.ts'
import { routingSettingsQuery, useQueues } from '../../shared/staff.ts'
import { type StateChoice, choicesOf } from './choices.ts'
import { Elapsed } from './elapsed.tsx'
import { MissedNotice } from './missed-notice.tsx'
import { StatusPanel } from './status-panel.tsx'
import { useSetState } from './use-set-state.ts'
import { statusWords } from './words.ts'
import './status.css'

/** Foot of the rail: how one stands in the queues, and for how long. */
export function StatusBar() {
  const state = useQuery({ ...myRoutingQuery, enabled: false }).data?.state
  // A menu that grew as the reasons arrived would move under the hand that opens it.
  const complete = !useQuery(routingSettingsQuery).isPending
  return <div className="q-status-place">{state && complete ? <Status state={state} /> : null}</div>
}

function Status({ state }: { state: AgentState }) {
  const t = useWords(statusWords)
  const names = useWords(routingWords)
  const set = useSetState()
  const choices = choicesOf(useReasons('break'))
  const queues = useQueues()
  const [open, setOpen] = useState(false)
  const [asking, setAsking] = useState<OfflineQuestion | null>(null)
  const button = useRef<HTMLButtonElement>(null)
  const name = names(`state.${state.state}`)
  const close = (): void => {
    setOpen(false)
    button.current?.focus()
  }
  const choose = ({ choice }: StateChoice): void => {
    close()
    const question = choice.state === 'offline' ? offlineQuestion(state.held, queues, 'agent') : null
    if (question) setAsking(question)
    else set(choice)
  }
  useCommands([
    { id: 'status', title: t('menu'), group: t('label'), keys: 'p', run: () => setOpen(true) },
    ...choices.map((each) => ({
      id: `status-${each.key}`,
      title: t('to', { state: each.label }),
      group: t('label'),
      run: () => choose(each),
    })),
  ])
  const { unitsUsed: used, units } = state
  return (
    <>
      <Popover
        open={open}
        onOpenChange={setOpen}
        trigger="click"
        placement="rightBottom"
        destroyOnHidden
        content={<StatusPanel state={state} choices={choices} onChoose={choose} onClose={close} />}
      >
        <button
          ref={button}
          type="button"
          className={`q-status is-${state.state}`}
          aria-haspopup="menu"
          aria-expanded={open}
        >
          <Ring share={units > 0 ? used / units : 0} size={34}>
            <span className={`q-dot is-${state.state}`} />
          </Ring>
          <span className="sr-only">{t('label')}</span>
          <span className="q-status-name">{name}</span>
          <span className="q-status-time">
            <Elapsed since={state.since} />
          </span>
          <span className="sr-only">{t('capacity', { used, units })}</span>
        </button>
      </Popover>
      {asking ? (
        <OfflineDialog
          question={asking}
          agent={null}
          onChoose={(choice) => set({ state: 'offline', reasonId: null, ...workOf(choice) })}
          onClosed={() => {
            setAsking(null)
            button.current?.focus()
          }}
        />
      ) : null}
      {state.state === 'not-responding' ? (
        <MissedNotice onBack={() => set({ state: 'available', reasonId: null })} />
      ) : null}
    </>
  )
}
