import { useWords } from '../../../shared/i18n.ts'
import { TextField } from '../../../shared/text-field.tsx'
import { words } from '../words.ts'

interface NameFieldProps {
  t: (key: 'name' | 'namePlaceholder') => string
  value: string
  /** Somebody tried to save it: now it may be marked as missing. */
  tried: boolean
  onChange: (name: string) => void
}

/** The name, which whatever is made needs. */
export function NameField({ t, value, tried, onChange }: NameFieldProps) {
  const s = useWords(words)
  return (
    <TextField
      label={t('name')}
      error={tried && value.trim() === '' ? s('problem.missing') : null}
      value={value}
      maxLength={100}
      placeholder={t('namePlaceholder')}
      onChange={onChange}
    />
  )
}
