import {
  type Attachment,
  type ContentOf,
  fillParts,
  fillTemplate,
  type MessageTemplate,
  valueFault,
  type ValueFault,
} from '@qiao/protocol'
import { pointIn } from '../point-in.ts'

type Template = ContentOf<'template'>

/** What is typed and chosen so far. */
export interface Filling {
  values: readonly string[]
  /** Ready to be sent: what is still going up is none. */
  file: Attachment | null
  /** Of a place, as typed. */
  spot: { coordinates: string; title: string; address: string }
}
export const emptyFilling = ({ parameters }: Pick<MessageTemplate, 'parameters'>): Filling => ({
  values: parameters.map(() => ''),
  file: null,
  spot: { coordinates: '', title: '', address: '' },
})

export const faultsOf = ({ places }: MessageTemplate, { values }: Filling): (ValueFault | null)[] =>
  values.map((value, at) => valueFault(value, places[at]))

/** What stands above the words; null while it is not whole. */
export function headerIn({ header }: MessageTemplate, { file, spot }: Filling): NonNullable<Template['header']> | null {
  if (header === 'location') {
    const at = pointIn(spot.coordinates)
    const [title, address] = [spot.title.trim(), spot.address.trim()]
    return at && title && address ? { type: 'location', ...at, title, address } : null
  }
  if (header === null || file?.kind !== header) return null
  const { id, name, mime, bytes } = file
  return { type: header, attachment: { id, name, mime, bytes } }
}

/** Null until the provider would take it. */
export function filledTemplate(template: MessageTemplate, filling: Filling): Template | null {
  const header = headerIn(template, filling)
  if (faultsOf(template, filling).some(Boolean) || (template.header !== null && !header)) return null
  const { name, language, parameters, components } = template
  const parts = fillParts(components, parameters, filling.values)
  const buttons = parts.flatMap(({ part, text }) => (part === 'button' ? [text] : []))
  return {
    type: 'template',
    name,
    language,
    parameters: filling.values.map((value) => value.trim()),
    ...(header ? { header } : {}),
    text: fillTemplate(template.text, parameters, filling.values),
    ...(buttons.length > 0 ? { buttons } : {}),
    parts,
  }
}
