import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import type { InsertOf, ReplyPolicy } from '@qiao/protocol'
import { Button, Input } from 'antd'
import { useRef } from 'react'
import { FormField } from '../../../../shared/form-field.tsx'
import { useWords } from '../../../../shared/i18n.ts'
import { TextField } from '../../../../shared/text-field.tsx'
import type { InsertErrors } from './check-insert.ts'
import { insertWords } from './insert-words.ts'
import { useErrorWords } from './use-error-words.ts'

interface MenuFormProps {
  value: InsertOf<'menu'>
  errors: InsertErrors
  /** How much of it the channel shows as buttons; null: it shows none, or has no limits. */
  fits: NonNullable<ReplyPolicy['limits']>['menu']
  onChange: (value: InsertOf<'menu'>) => void
}

const most = 20

export function MenuForm({ value, errors, fits, onChange }: MenuFormProps) {
  const t = useWords(insertWords)
  const errorOf = useErrorWords(errors)
  const list = useRef<HTMLDivElement>(null)
  const { options } = value
  const put = (next: string[], focused?: number): void => {
    onChange({ ...value, options: next })
    if (focused === undefined) return
    requestAnimationFrame(() => list.current?.querySelectorAll('input')[focused]?.focus())
  }
  const add = (after: number): void => {
    if (options.length < most) put(options.toSpliced(after + 1, 0, ''), after + 1)
  }
  return (
    <>
      <TextField
        label={t('menu.text')}
        error={errorOf('text')}
        maxLength={4000}
        lines={{ first: 1, most: 4 }}
        value={value.text}
        onChange={(text) => onChange({ ...value, text })}
      />
      <div ref={list} role="group" aria-label={t('menu.options')} className="q-insert-group">
        {options.map((option, at) => (
          // oxlint-disable-next-line react/no-array-index-key -- options are known by their place alone
          <div key={at} className="q-insert-row">
            <FormField label={t('menu.option', { number: at + 1 })} error={errorOf(`options.${at}`)}>
              {(control) => (
                <Input
                  {...control}
                  maxLength={200}
                  value={option}
                  onChange={(event) => put(options.with(at, event.target.value))}
                  onKeyDown={(event) => {
                    if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || event.nativeEvent.isComposing) return
                    event.preventDefault()
                    add(at)
                  }}
                />
              )}
            </FormField>
            <Button
              type="text"
              icon={<DeleteOutlined />}
              aria-label={t('menu.removeOption', { number: at + 1 })}
              disabled={options.length <= 2}
              onClick={() => put(options.toSpliced(at, 1), Math.max(0, at - 1))}
            />
          </div>
        ))}
      </div>
      <Button
        type="dashed"
        size="small"
        icon={<PlusOutlined />}
        disabled={options.length >= most}
        onClick={() => add(options.length - 1)}
      >
        {t('menu.addOption')}
      </Button>
      {fits ? <p className="q-choice-note">{t('menu.fits', fits)}</p> : null}
    </>
  )
}
