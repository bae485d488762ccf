import { Modal } from 'antd'
import { type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { useWords } from '../i18n.ts'
import { RadioField } from '../radio-field.tsx'
import { sharedWords } from '../words.ts'
import { offlineWords } from './offline-words.ts'
import type { OfflineChoice, OfflineQuestion } from './offline-work.ts'

interface OfflineDialogProps {
  question: OfflineQuestion
  /** Whom a lead sets offline; null for oneself. */
  agent: string | null
  onChoose: (choice: OfflineChoice) => void
  /** It is gone, whatever was chosen: the focus can go back to where it came from. */
  onClosed: () => void
}

/** What becomes of the work in hand. Arrows choose, Enter does it, Escape leaves all as it was. */
export function OfflineDialog({ question, agent, onChoose, onClosed }: OfflineDialogProps) {
  const s = useWords(sharedWords)
  const t = useWords(offlineWords)
  const form = useId()
  const [open, setOpen] = useState(true)
  const [choice, setChoice] = useState(question.preselected)
  const name = agent ?? ''
  const wordsOf = {
    keep: agent === null ? [t('keep'), t('keepHint')] : [t('keepOf', { agent: name }), t('keepOfHint')],
    queue: [t('queue'), t('queueHint')],
    each: [t('each'), t('eachHint', { kept: question.kept, queued: question.queued })],
  } satisfies Record<OfflineChoice, [string, string]>
  const submit = (): void => {
    setOpen(false)
    onChoose(choice)
  }
  return (
    <Modal
      open={open}
      title={agent === null ? t('title') : t('titleOf', { agent })}
      okText={agent === null ? t('ok') : t('okOf')}
      okButtonProps={{ htmlType: 'submit', form }}
      cancelText={s('cancel')}
      onCancel={() => setOpen(false)}
      afterClose={onClosed}
    >
      <Answer id={form} onSubmit={submit}>
        <RadioField
          label={t('inHand', { count: question.kept + question.queued })}
          value={choice}
          onChange={setChoice}
          options={question.choices.map((value) => ({ value, label: wordsOf[value][0], hint: wordsOf[value][1] }))}
        />
      </Answer>
    </Modal>
  )
}

function Answer({ id, onSubmit, children }: { id: string; onSubmit: () => void; children: ReactNode }) {
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => form.current?.querySelector<HTMLElement>(':checked')?.focus(), [])
  return (
    <form
      id={id}
      ref={form}
      onSubmit={(event) => {
        event.preventDefault()
        onSubmit()
      }}
    >
      {children}
    </form>
  )
}
