import type { MailTemplate } from '@qiao/protocol'
import { wordsOf } from '../../../../shared/html-words.ts'

/** All words must be there; those with a name that has them come before those that only say them. */
export function findTemplates(templates: readonly MailTemplate[], search: string): MailTemplate[] {
  const wanted = search.toLowerCase().split(/\s+/u).filter(Boolean)
  const has = (text: string): boolean => wanted.every((word) => text.toLowerCase().includes(word))
  const named = templates.filter(({ name }) => has(name))
  const saying = templates.filter(
    (each) => !named.includes(each) && has(`${each.name} ${each.subject} ${wordsOf(each.html)}`),
  )
  return [...named, ...saying]
}
