import { PlusOutlined } from '@ant-design/icons'
import { nextPlace, placesIn, type TemplateRules } from '@qiao/protocol'
import { Button, Input, type GetRef } from 'antd'
import { useRef } from 'react'
import { flushSync } from 'react-dom'
import { FormField } from '../../../shared/form-field.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { words } from './words.ts'

interface TextWithPlacesProps {
  text: string
  lang: string
  rules: TemplateRules
  category: string
  error: string | null
  onChange: (text: string) => void
}

/** The words, and a button that puts the next place where the caret is. */
export function TextWithPlaces({ text, lang, rules, category, error, onChange }: TextWithPlacesProps) {
  const t = useWords(words)
  const area = useRef<GetRef<typeof Input.TextArea>>(null)
  const most = rules.body - Array.from(rules.prefix ?? '').length
  const mostPlaces = Math.min(rules.parameters, rules.byCategory?.[category]?.parameters ?? rules.parameters)
  const insert = (): void => {
    const element = area.current?.resizableTextArea?.textArea
    const [from, to] = [element?.selectionStart ?? text.length, element?.selectionEnd ?? text.length]
    const place = nextPlace(text, rules)
    flushSync(() => onChange(text.slice(0, from) + place + text.slice(to)))
    element?.focus()
    element?.setSelectionRange(from + place.length, from + place.length)
  }
  return (
    <FormField label={t('text')} error={error} hint={t('used', { used: Array.from(text).length, most })}>
      {(control) => (
        <>
          <Input.TextArea
            {...control}
            ref={area}
            lang={lang}
            dir="auto"
            value={text}
            autoSize={{ minRows: 4, maxRows: 12 }}
            onChange={(event) => onChange(event.target.value)}
          />
          <Button
            className="st-template-insert"
            size="small"
            icon={<PlusOutlined aria-hidden />}
            disabled={placesIn(text).length >= mostPlaces}
            onClick={insert}
          >
            {t('insert')}
          </Button>
        </>
      )}
    </FormField>
  )
}
