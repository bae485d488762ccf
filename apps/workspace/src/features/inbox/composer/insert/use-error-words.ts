import { useWords } from '../../../../shared/i18n.ts'
import type { InsertErrors } from './check-insert.ts'
import { insertWords } from './insert-words.ts'

/** What is wrong with a field, in words; null: nothing. */
export function useErrorWords(errors: InsertErrors): (field: string) => string | null {
  const t = useWords(insertWords)
  return (field) => {
    const error = errors[field]
    return error ? t(`error.${error}`) : null
  }
}
