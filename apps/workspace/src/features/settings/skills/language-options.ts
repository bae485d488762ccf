import { currentLanguage } from '../../../shared/i18n.ts'

/** Of those whom a company may have; a code that is none of these stays. */
const codes = 'zh en ja ko fr de es pt ru ar it nl pl tr vi th id ms hi uk cs sv he fa el ro hu yue'.split(' ')

export function languageOptions(used: readonly string[]): { value: string; label: string }[] {
  const names = new Intl.DisplayNames(currentLanguage(), { type: 'language' })
  return [...new Set([...codes, ...used])].map((code) => ({ value: code, label: names.of(code) ?? code }))
}
