import type { HeldWork } from '@qiao/protocol'
import { Button, Input, Select } from 'antd'
import { useState } from 'react'
import { keyText, useCommands } from '../../../shared/commands.ts'
import { useWords } from '../../../shared/i18n.ts'
import { codeName, dispositionsOf } from '../../../shared/routing/names.ts'
import { stopwatch, useSecond } from '../../../shared/routing/seconds.ts'
import { useDispositions } from '../../../shared/staff.ts'
import { useUnfinished } from '../../../shared/unfinished.ts'
import { Tip } from '../../../shared/tip.tsx'
import { workWords } from '../work-words.ts'
import { inboxWords } from '../words.ts'
import { useWrapUp } from './use-wrap-up.ts'
import './wrap-up.css'

interface WrapUpPanelProps {
  work: HeldWork
  onDone: () => void
}

/** What came of it, while it is fresh. */
export function WrapUpPanel({ work, onDone }: WrapUpPanelProps) {
  const t = useWords(workWords)
  const inbox = useWords(inboxWords)
  const codes = dispositionsOf(useDispositions(), work.queueId)
  const [dispositionId, setDispositionId] = useState<string | null>(null)
  const [note, setNote] = useState('')
  useUnfinished(note.trim() !== '' || dispositionId !== null)
  const { finish, extend } = useWrapUp(work.itemId, onDone)
  const ready = !finish.isPending && (!work.needsDisposition || dispositionId !== null)
  const submit = (): void => {
    if (ready) finish.mutate({ dispositionId, note: note.trim() })
  }
  useCommands([
    { id: 'wrap-up', title: t('do.wrapUp'), group: inbox('group.conversation'), keys: 'mod+Enter', run: submit },
  ])
  const label = work.needsDisposition ? t('wrap.dispositionNeeded') : t('wrap.disposition')
  return (
    <section className="q-wrap" aria-label={t('wrap.title')}>
      <header>
        <strong>{t('wrap.title')}</strong>
        <TimeLeft work={work} />
      </header>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
      >
        {codes.length > 0 ? (
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            allowClear
            placeholder={label}
            aria-label={label}
            value={dispositionId}
            options={codes.map((code) => ({ value: code.id, label: codeName(code) }))}
            onChange={(next: string | undefined) => setDispositionId(next ?? null)}
          />
        ) : null}
        <Input
          value={note}
          maxLength={4000}
          placeholder={t('wrap.note')}
          aria-label={t('wrap.note')}
          onChange={(event) => setNote(event.target.value)}
        />
        {work.wrapUntil ? (
          <Button disabled={extend.isPending || extend.isSuccess} onClick={() => extend.mutate()}>
            {extend.isSuccess ? t('wrap.extended') : t('wrap.extend')}
          </Button>
        ) : null}
        <Tip title={t('wrap.finish')} keys="mod+Enter">
          <Button type="primary" htmlType="submit" disabled={!ready} loading={finish.isPending}>
            {t('wrap.finish')} <kbd className="q-kbd">{keyText('mod+Enter')}</kbd>
          </Button>
        </Tip>
      </form>
    </section>
  )
}

/** Counts down to where it ends by itself. */
export function TimeLeft({ work }: { work: HeldWork }) {
  const t = useWords(workWords)
  const now = useSecond()
  if (!work.wrapUntil) return null
  const left = Date.parse(work.wrapUntil) - now
  return (
    <span className={`q-wrap-time ${left < 15_000 ? 'is-short' : ''}`}>
      {t('wrap.left', { time: stopwatch(left) })}
    </span>
  )
}
