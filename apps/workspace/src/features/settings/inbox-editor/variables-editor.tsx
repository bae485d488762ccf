import { CloseOutlined } from '@ant-design/icons'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { useWords } from '../../../shared/i18n.ts'
import { words } from './words.ts'

interface Props {
  variables: Record<string, string>
  problem: (name: string) => string | null
  onChange: (variables: Record<string, string>) => void
}

/** Rows keep their place while a name is being typed: two rows may share a name for a moment. */
export function VariablesEditor({ variables, problem, onChange }: Props) {
  const t = useWords(words)
  const [rows, setRows] = useState(() => Object.entries(variables))
  const change = (next: [string, string][]): void => {
    setRows(next)
    onChange(Object.fromEntries(next.filter(([name]) => name !== '')))
  }
  return (
    <div className="q-field">
      <span className="q-field-label">{t('variables')}</span>
      {rows.map(([name, value], index) => (
        <div key={index}>
          <div className="st-row">
            <Input
              aria-label={t('variableName', { n: index + 1 })}
              value={name}
              placeholder="--qiao-radius"
              status={problem(name) ? 'error' : ''}
              onChange={(event) => change(rows.with(index, [event.target.value.trim(), value]))}
            />
            <Input
              aria-label={t('variableValue', { n: index + 1 })}
              value={value}
              placeholder="4px"
              maxLength={100}
              onChange={(event) => change(rows.with(index, [name, event.target.value]))}
            />
            <Button
              type="text"
              icon={<CloseOutlined />}
              aria-label={t('removeVariable', { name })}
              onClick={() => change(rows.toSpliced(index, 1))}
            />
          </div>
          {problem(name) ? <span className="q-field-error">{problem(name)}</span> : null}
        </div>
      ))}
      <Button style={{ alignSelf: 'flex-start' }} size="small" onClick={() => change([...rows, ['', '']])}>
        {t('addVariable')}
      </Button>
      <span className="q-field-hint">{t('variablesHint')}</span>
    </div>
  )
}
