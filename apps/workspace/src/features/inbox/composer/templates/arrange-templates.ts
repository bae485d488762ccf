import type { MessageTemplate } from '@qiao/protocol'
import { tagOf } from '../../../../shared/templates/language.ts'
import { titleOf } from '../../../../shared/templates/title-of.ts'

const baseOf = (language: string): string => tagOf(language).toLowerCase().split('-')[0] ?? ''

/** The customer's language first, then the agent's; what can be sent before what cannot. */
export function arrangeTemplates(
  templates: readonly MessageTemplate[],
  { text, language, preferred }: { text: string; language: string | null; preferred: readonly (string | null)[] },
): MessageTemplate[] {
  const words = text.trim().toLowerCase().split(/\s+/u)
  const wanted = preferred.flatMap((each) => (each === null ? [] : [baseOf(each)]))
  const rank = (template: MessageTemplate): number => {
    const at = wanted.indexOf(baseOf(template.language))
    return (template.state === 'approved' ? 0 : 100) + (at < 0 ? wanted.length : at)
  }
  return templates
    .filter((template) => language === null || template.language === language)
    .filter((template) => {
      const found = `${template.title ?? ''} ${template.name} ${template.text} ${template.category}`.toLowerCase()
      return words.every((word) => found.includes(word) || found.replaceAll('_', ' ').includes(word))
    })
    .toSorted((one, other) => rank(one) - rank(other) || titleOf(one).localeCompare(titleOf(other)))
}
