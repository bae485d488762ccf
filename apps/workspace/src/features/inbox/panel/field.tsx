import { Input } from 'antd'
import { type ReactNode, useState } from 'react'
import { useWords } from '../../../shared/i18n.ts'
import { useUnfinished } from '../../../shared/unfinished.ts'
import { inboxWords } from '../words.ts'

interface FieldProps {
  label: string
  value: string
  onSave: (value: string) => void
  type?: 'text' | 'email' | 'tel'
  /** Stands behind the value while it is read. */
  action?: ReactNode
}

/** Reads as text; a press or Enter turns it into a field, Enter or leaving it saves, Escape does not. */
export function Field({ label, value, onSave, type = 'text', action }: FieldProps) {
  const t = useWords(inboxWords)
  const [text, setText] = useState<string | null>(null)
  useUnfinished(text !== null)
  if (text === null) {
    return (
      <div className="q-detail">
        <dt>{label}</dt>
        <dd>
          <button
            type="button"
            className={`q-detail-value ${value ? '' : 'is-empty'}`}
            aria-label={`${t('panel.editField', { field: label })}: ${value || t('panel.empty')}`}
            onClick={() => setText(value)}
          >
            {value || t('panel.empty')}
          </button>
          {action}
        </dd>
      </div>
    )
  }
  const save = (): void => {
    if (text.trim() !== value) onSave(text.trim())
    setText(null)
  }
  return (
    <div className="q-detail">
      <dt>{label}</dt>
      <dd>
        <Input
          autoFocus
          size="small"
          type={type}
          value={text}
          aria-label={label}
          onChange={(event) => setText(event.target.value)}
          onBlur={save}
          onKeyDown={(event) => {
            if (event.nativeEvent.isComposing) return
            if (event.key === 'Enter') save()
            if (event.key === 'Escape') {
              event.stopPropagation()
              setText(null)
            }
          }}
        />
      </dd>
    </div>
  )
}

export function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="q-detail">
      <dt>{label}</dt>
      <dd className="q-fact">{children}</dd>
    </div>
  )
}
