import type { Shown } from '../simulator.ts'
import type { Checked } from './simulator-rules.ts'
import { choicesUsed, linksUsed, mediaUsed, wordsUsed } from './simulator-template-use.ts'
import type { StoredTemplate } from './simulator-templates.ts'

export interface Customer {
  number: string
  userId: string
  name: string
  /** With a username and without a shared number: only the user id is told. */
  hidden: boolean
  blocks: boolean
  refusesMarketing: boolean
  /** When the window closes, in milliseconds. */
  openUntil: number
  typingUntil: number
  /** In which groups, and until when the window of each is open because of them. */
  groups: Map<string, number>
  screen: Bubble[]
}
export interface Bubble extends Shown {
  /** Has been seen by the customer, or by the business for what is the customer's. */
  seen: boolean
  /** What the business sent along. */
  key?: string
  buttons?: 'button' | 'list' | 'template'
  /** What other buttons open and copy. */
  links?: readonly string[]
}
export const newCustomer = (name: string, count: number): Customer => ({
  number: `8613800${String(count).padStart(6, '0')}`,
  userId: `CN.${String(13_491_208_655_302_740_000n + BigInt(count))}`,
  name,
  hidden: false,
  blocks: false,
  refusesMarketing: false,
  openUntil: 0,
  typingUntil: 0,
  groups: new Map(),
  screen: [],
})

/** What the phone shows of a message of the business. */
export function shownOf(
  { type, said }: Checked,
  template: StoredTemplate | undefined,
): Pick<Bubble, 'text' | 'type' | 'media' | 'choices' | 'buttons' | 'links'> {
  switch (type) {
    case 'text':
      return { type, text: said.body }
    case 'image':
    case 'video':
    case 'audio':
      return {
        type,
        text: ('caption' in said ? said.caption : undefined) ?? '',
        media: 'link' in said ? { url: said.link } : { id: said.id },
      }
    case 'document':
      return { type, text: said.caption ?? said.filename, media: { id: said.id, name: said.filename } }
    case 'contacts':
      return {
        type,
        text: said
          .map(({ name, phones = [] }) => [name.formatted_name, ...phones.map(({ phone }) => phone)].join(' '))
          .join('\n'),
      }
    case 'reaction':
      return { type, text: said.emoji }
    case 'location':
      return { type, text: said.name ?? `${said.latitude},${said.longitude}` }
    case 'template': {
      if (!template) return { type, text: said.name }
      const [media, choices, links] = [mediaUsed(said), choicesUsed(template, said), linksUsed(template, said)]
      return {
        type,
        text: wordsUsed(template, said),
        ...(media ? { media } : {}),
        ...(links.length > 0 ? { links } : {}),
        ...(choices.length > 0 ? { buttons: 'template' as const, choices } : {}),
      }
    }
    default: {
      const { body, action } = said
      if ('buttons' in action) {
        return { type, text: body.text, buttons: 'button', choices: action.buttons.map(({ reply }) => labelled(reply)) }
      }
      if ('sections' in action) {
        const rows = action.sections.flatMap((section) => section.rows)
        return { type, text: body.text, buttons: 'list', choices: rows.map((row) => labelled(row)) }
      }
      return { type, text: `${body.text}\n${action.parameters.display_text}: ${action.parameters.url}` }
    }
  }
}

const labelled = ({ id, title }: { id: string; title: string }) => ({ id, label: title })
