import { listContacts } from '@qiao/protocol'
import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useEffect, useState } from 'react'
import { call } from '../../../shared/api.ts'
import { FormField } from '../../../shared/form-field.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { contactName } from '../../../shared/names.ts'
import { choicesFor, type Recipient, recipientKey } from './recipient.ts'
import { firstWords } from './words.ts'

const waitMs = 180

interface RecipientFieldProps {
  value: Recipient | null
  error: string | null
  hint: string
  onChange: (recipient: Recipient | null) => void
}

/** A customer who is searched for, or a number that is typed. */
export function RecipientField({ value, error, hint, onChange }: RecipientFieldProps) {
  const t = useWords(firstWords)
  const [typed, setTyped] = useState('')
  const [search, setSearch] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => setSearch(typed.trim()), waitMs)
    return () => clearTimeout(timer)
  }, [typed])
  const { data: found = [] } = useQuery({
    queryKey: ['contacts', 'to-write-to', search],
    queryFn: async ({ signal }) => (await call(listContacts, { query: { search, limit: 8 } }, { signal })).items,
    enabled: search.length >= 2,
    staleTime: 60_000,
  })
  const named = search.length >= 2 ? found.map((contact) => ({ ...contact, name: contactName(contact) })) : []
  const choices = choicesFor(typed, named, '')
  const shown = value ? [{ key: recipientKey(value), recipient: value }, ...choices] : choices
  const options = [...new Map(shown.map((choice) => [choice.key, choice])).values()].map(({ key, recipient }) => ({
    value: key,
    recipient,
    label:
      'contactId' in recipient ? (
        <span className="q-first-person">
          {recipient.name} <small>{recipient.phone ?? t('noPhone')}</small>
        </span>
      ) : key === (value && recipientKey(value)) ? (
        recipient.address
      ) : (
        t('toNumber', { number: recipient.address })
      ),
  }))
  return (
    <FormField label={t('to')} hint={hint} error={error}>
      {(control) => (
        <Select
          {...control}
          showSearch={{ filterOption: false, searchValue: typed, onSearch: setTyped }}
          allowClear
          value={value ? recipientKey(value) : null}
          placeholder={t('toPlaceholder')}
          notFoundContent={typed.trim().length >= 2 ? t('noneFound') : null}
          options={options}
          onChange={(key) => {
            onChange(options.find((option) => option.value === key)?.recipient ?? null)
            setTyped('')
          }}
        />
      )}
    </FormField>
  )
}
