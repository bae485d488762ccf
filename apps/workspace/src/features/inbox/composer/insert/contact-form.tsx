import type { InsertOf } from '@qiao/protocol'
import { useWords } from '../../../../shared/i18n.ts'
import { TextField } from '../../../../shared/text-field.tsx'
import type { InsertErrors } from './check-insert.ts'
import { insertWords } from './insert-words.ts'
import { useErrorWords } from './use-error-words.ts'

interface ContactFormProps {
  value: InsertOf<'contact'>
  errors: InsertErrors
  onChange: (value: InsertOf<'contact'>) => void
}

const few = { first: 1, most: 5 }

/** Somebody whom the customer is to reach. */
export function ContactForm({ value, errors, onChange }: ContactFormProps) {
  const t = useWords(insertWords)
  const errorOf = useErrorWords(errors)
  const field = (name: keyof InsertOf<'contact'>) => ({
    label: t(`contact.${name}`),
    error: errorOf(name),
    value: value[name],
    onChange: (text: string) => onChange({ ...value, [name]: text }),
  })
  return (
    <>
      <TextField {...field('name')} maxLength={200} />
      <TextField {...field('organisation')} maxLength={200} />
      <TextField {...field('phones')} hint={t('contact.lines')} maxLength={400} lines={few} />
      <TextField {...field('emails')} maxLength={2000} lines={few} />
    </>
  )
}
