import type { Shown } from '../simulator.ts'
import type { Checked } from './simulator-rules.ts'
import { repliesOf, type StoredTemplate, wordsOf } from './simulator-templates.ts'

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
  screen: Bubble[]
}
export interface Bubble extends Shown {
  /** Has been seen by the customer, or by the business for what is the customer's. */
  seen: boolean
  /** What the business sent along. */
  key?: string
  buttons?: 'button' | 'list' | 'template'
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
  screen: [],
})

/** What the phone shows of a message of the business. */
export function shownOf(
  { type, said }: Checked,
  template: StoredTemplate | undefined,
): Pick<Bubble, 'text' | 'type' | 'media' | 'choices' | 'buttons'> {
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
    case 'location':
      return { type, text: said.name ?? `${said.latitude},${said.longitude}` }
    case 'template': {
      const values = said.components?.[0]?.parameters.map(({ text }) => text) ?? []
      if (!template) return { type, text: said.name }
      const text = wordsOf(template).replace(/\{\{(\d+)\}\}/gu, (_whole, at: string) => values[Number(at) - 1] ?? '')
      const choices = repliesOf(template).map((label) => ({ id: label, label }))
      return { type, text, ...(choices.length > 0 ? { buttons: 'template' as const, choices } : {}) }
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
