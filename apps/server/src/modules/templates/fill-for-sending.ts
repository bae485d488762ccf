import {
  type ContentOf,
  fillParts,
  fillTemplate,
  type FilledPlace,
  type MessageTemplate,
  type TemplatePlace,
  valueFault,
  type ValueFault,
} from '@qiao/protocol'
import { AppError } from '#platform/errors'

/** As the customer will see it: the words are the approved ones, whatever a client says of them. */
export function fillForSending(
  template: MessageTemplate | null,
  content: ContentOf<'template'>,
): ContentOf<'template'> {
  if (!template) throw refusal(`There is no template ${content.name}`)
  if (template.state !== 'approved') throw refusal(template.reason ?? `The template is ${template.state}`)
  const values = content.parameters.map((value) => value.trim())
  if (values.length !== template.parameters.length || values.includes(''))
    throw refusal(`The template wants ${template.parameters.length} values, each with words in it`)
  for (const [at, value] of values.entries()) {
    const fault = valueFault(value, template.places[at])
    if (fault) throw refusal(`Value ${at + 1} ${wrong[fault]}`)
  }
  refuseHeader(template, content)
  const { type, name, language, header, payloads } = content
  const parts = fillParts(template.components, template.parameters, values)
  const buttons = parts.filter(({ part }) => part === 'button').map(({ text }) => text.slice(0, 100))
  return {
    type,
    name,
    language,
    parameters: values,
    ...(header && template.header ? { header } : {}),
    ...(payloads ? { payloads } : {}),
    text: fillTemplate(template.text, template.parameters, values).slice(0, 10_000),
    ...(buttons.length > 0 ? { buttons: buttons.slice(0, 10) } : {}),
    ...(parts.length > 0 ? { parts: parts.slice(0, 20) } : {}),
    ...(template.places.length > 0 ? { places: template.places.map(placeOf) } : {}),
  }
}

const refusal = (detail: string): AppError => new AppError('content-not-sendable', { detail })

const wrong: Readonly<Record<ValueFault, string>> = {
  missing: 'is empty',
  'too-long': 'is too long',
  'line-break': 'has a line break or a tab: say it in one line',
  spaces: 'has too many spaces in a row, or spaces where there can be none',
}

function refuseHeader({ header: wanted }: MessageTemplate, { header: given }: ContentOf<'template'>): void {
  if (wanted === null && given) throw refusal('Nothing stands above the words of this template')
  if (wanted !== null && given?.type !== wanted) throw refusal(`The template wants a header of type ${wanted}`)
}

const placeOf = ({ part, name, named, button, does }: TemplatePlace): FilledPlace => ({
  part,
  name,
  ...(named ? { named } : {}),
  ...(button === undefined ? {} : { button }),
  ...(does ? { does } : {}),
})
