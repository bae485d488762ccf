import { App, Button, Input, Segmented } from 'antd'
import { type ComponentRef, useRef, useState } from 'react'
import { useWords } from '../../../../shared/i18n.ts'
import { useMe } from '../../../../shared/session.ts'
import { useAgents, useQueues, useTeams } from '../../../../shared/staff.ts'
import { sharedWords } from '../../../../shared/words.ts'
import { workWords } from '../../work-words.ts'
import type { ConversationActions } from '../use-conversation-actions.ts'
import { TargetList } from './target-list.tsx'
import { type HandMode, type Target, handModes, targetsOf } from './targets.ts'
import { useLiveTargets } from './use-live-targets.ts'
import './hand-over.css'

/** What of a conversation matters to who could get it. */
export interface Handed {
  id: string
  assigneeId: string | null
  participantIds: readonly string[]
  queueId: string | null
}

interface HandOverProps {
  handed: Handed
  mode: HandMode
  onMode: (mode: HandMode) => void
  actions: ConversationActions
  onDone: () => void
}

const words = {
  transfer: { to: 'hand.transferTo', do: 'hand.doTransfer', done: 'hand.doneTransfer', note: 'hand.note' },
  consult: { to: 'hand.consultWho', do: 'hand.doConsult', done: 'hand.doneConsult', note: 'hand.question' },
  invite: { to: 'hand.inviteWho', do: 'hand.doInvite', done: 'hand.doneInvite', note: 'hand.note' },
} as const

/** Gives a conversation on, asks a colleague about it, or lets one take part; shows how each would find it now. */
export function HandOver({ handed, mode, onMode, actions, onDone }: HandOverProps) {
  const t = useWords(workWords)
  const shared = useWords(sharedWords)
  const me = useMe()
  const { message } = App.useApp()
  const [agents, teams, queues] = [useAgents(), useTeams(), useQueues()]
  const live = useLiveTargets(handed.id)
  const [text, setText] = useState('')
  const [target, setTarget] = useState<Target | null>(null)
  const [note, setNote] = useState('')
  const [busy, setBusy] = useState(false)
  const noteField = useRef<ComponentRef<typeof Input.TextArea>>(null)
  const holders = [me.id, handed.assigneeId ?? '', ...(mode === 'invite' ? handed.participantIds : [])]
  const wanted = { mode, without: new Set(holders), queueId: handed.queueId, text }
  const targets = targetsOf({ agents, teams, queues }, live.data, wanted)
  const chosen = targets.find(({ key }) => key === target?.key) ?? null
  const ready = chosen !== null && !busy && (mode !== 'consult' || note.trim() !== '')
  const submit = async (): Promise<void> => {
    if (!chosen || !ready) return
    setBusy(true)
    const done = await perform(actions, mode, chosen, note.trim() || undefined)
    setBusy(false)
    if (!done) return
    onDone()
    void message.success(t(words[mode].done, { name: chosen.name }))
  }
  const pick = (next: Target): void => {
    setTarget(next)
    noteField.current?.focus()
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Ctrl-Enter sends from any of its fields
    <form
      className="q-hand"
      aria-label={t('hand.label')}
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void submit()
      }}
    >
      <div className="q-hand-head">
        <Segmented
          size="small"
          value={mode}
          aria-label={t('hand.label')}
          options={handModes.map((value) => ({ value, label: t(`hand.${value}`) }))}
          onChange={onMode}
        />
        <span className={`q-hand-live ${live.data ? 'is-live' : ''}`}>
          {live.data ? t('hand.live') : live.isError ? t('hand.stale') : ''}
        </span>
      </div>
      <TargetList
        label={t(words[mode].to)}
        hint={mode === 'transfer' ? t('hand.search') : t('hand.searchAgents')}
        text={text}
        onText={setText}
        targets={targets}
        picked={chosen?.key ?? null}
        onPick={pick}
      />
      {mode === 'invite' ? (
        <p className="q-choice-note">{t('hand.inviteHint')}</p>
      ) : (
        <label className="q-filter-field">
          <span>{t(words[mode].note)}</span>
          <Input.TextArea
            ref={noteField}
            value={note}
            maxLength={4000}
            autoSize={{ minRows: 2, maxRows: 6 }}
            onChange={(event) => setNote(event.target.value)}
          />
        </label>
      )}
      <span className="q-buttons">
        <Button onClick={onDone}>{shared('cancel')}</Button>
        <Button type="primary" htmlType="submit" disabled={!ready} loading={busy}>
          {t(words[mode].do)}
        </Button>
      </span>
    </form>
  )
}

function perform(actions: ConversationActions, mode: HandMode, { type, id }: Target, note: string | undefined) {
  if (mode === 'consult') return actions.consult(id, note ?? '')
  if (mode === 'invite') return actions.addParticipant(id)
  if (type === 'queue') return actions.queue(id, note)
  return actions.transfer({ agentId: type === 'agent' ? id : null, teamId: type === 'team' ? id : null, note })
}
