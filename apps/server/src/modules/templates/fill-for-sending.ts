import { type ContentOf, fillTemplate, type MessageTemplate } from '@qiao/protocol'
import { AppError } from '#platform/errors'

/** As the customer will see it: the words are the approved ones, whatever a client says of them. */
export function fillForSending(
  template: MessageTemplate | null,
  content: ContentOf<'template'>,
): ContentOf<'template'> {
  if (!template) throw new AppError('content-not-sendable', { detail: `There is no template ${content.name}` })
  if (template.state !== 'approved') {
    throw new AppError('content-not-sendable', { detail: template.reason ?? `The template is ${template.state}` })
  }
  const values = content.parameters.map((value) => value.trim())
  if (values.length !== template.parameters.length || values.includes('')) {
    throw new AppError('content-not-sendable', {
      detail: `The template wants ${template.parameters.length} values, each with words in it`,
    })
  }
  const buttons = template.components.filter(({ part }) => part === 'button').map(({ text }) => text.slice(0, 100))
  const { type, name, language } = content
  return {
    type,
    name,
    language,
    parameters: values,
    text: fillTemplate(template.text, template.parameters, values).slice(0, 10_000),
    ...(buttons.length > 0 ? { buttons: buttons.slice(0, 10) } : {}),
  }
}
