import { currentLanguage } from './i18n.ts'

/**
 * The half that the viewer reads of what the server says in both languages, Chinese first («最多 200 个字 At most 200
 * characters»); what is in one alone stays as it is.
 */
export function inOneLanguage(text: string | undefined, language: string = currentLanguage()): string {
  const halves = /^(?<zh>.*[\p{Script=Han}，。？！；：）”])\s+(?<en>[^\p{Script=Han}]+)$/su.exec(text ?? '')?.groups
  if (!halves) return text ?? ''
  return (language.startsWith('zh') ? halves.zh : halves.en) ?? ''
}
