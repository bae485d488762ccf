import { CloseOutlined } from '@ant-design/icons'
import type { Contact } from '@qiao/protocol'
import { Button, Input } from 'antd'
import { memo, useState } from 'react'
import { useAttributeName } from '../../../shared/attribute-words.ts'
import { useWords } from '../../../shared/i18n.ts'
import { TextButton } from '../../../shared/text-button.tsx'
import { useUnfinished } from '../../../shared/unfinished.ts'
import { useStable } from '../../../shared/use-stable.ts'
import { inboxWords } from '../words.ts'
import { Field } from './field.tsx'
import { useContactChange } from './use-contact-change.ts'

/** A number or a yes/no stays one when its text is edited. */
export function parseAttribute(text: string, before: unknown): string | number | boolean {
  if (typeof before === 'number' && text !== '' && Number.isFinite(Number(text))) return Number(text)
  if (typeof before === 'boolean' && (text === 'true' || text === 'false')) return text === 'true'
  return text
}

export const AttributesSection = memo(function AttributesSection({ contact }: { contact: Contact }) {
  const t = useWords(inboxWords)
  const nameOf = useAttributeName()
  const change = useContactChange(contact)
  const [adding, setAdding] = useState<{ name: string; value: string } | null>(null)
  useUnfinished(adding !== null)
  const [addingTo, setAddingTo] = useState(contact.id)
  if (addingTo !== contact.id) {
    setAddingTo(contact.id)
    setAdding(null)
  }
  const entries = Object.entries(contact.attributes)
  const begin = useStable(() => setAdding({ name: '', value: '' }))
  const add = (): void => {
    const name = adding?.name.trim()
    if (!adding || !name || !adding.value.trim()) return
    change.mutate({ attributes: { [name]: adding.value.trim() } })
    setAdding(null)
  }
  return (
    <>
      {entries.length === 0 && !adding ? <p className="q-choice-note">{t('panel.noAttributes')}</p> : null}
      <dl key={contact.id} className="q-dl">
        {entries.map(([name, value]) => (
          <Field
            key={name}
            label={nameOf(name)}
            value={String(value ?? '')}
            onSave={(text) =>
              change.mutate({ attributes: { [name]: text === '' ? null : parseAttribute(text, value) } })
            }
            action={
              <Button
                type="text"
                size="small"
                icon={<CloseOutlined />}
                aria-label={t('panel.removeAttribute', { field: nameOf(name) })}
                onClick={() => change.mutate({ attributes: { [name]: null } })}
              />
            }
          />
        ))}
      </dl>
      {adding ? (
        <form
          className="q-attribute-new"
          onSubmit={(event) => {
            event.preventDefault()
            add()
          }}
        >
          <Input
            autoFocus
            size="small"
            maxLength={64}
            value={adding.name}
            placeholder={t('panel.attributeName')}
            aria-label={t('panel.attributeName')}
            onChange={(event) => setAdding({ ...adding, name: event.target.value })}
          />
          <Input
            size="small"
            maxLength={1000}
            value={adding.value}
            placeholder={t('panel.attributeValue')}
            aria-label={t('panel.attributeValue')}
            onChange={(event) => setAdding({ ...adding, value: event.target.value })}
          />
          <Button size="small" htmlType="submit">
            {t('panel.addAttribute')}
          </Button>
        </form>
      ) : (
        <TextButton words={t('panel.addAttribute')} onClick={begin} />
      )}
    </>
  )
})
