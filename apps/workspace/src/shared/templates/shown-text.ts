import { fillTemplate, type MessageTemplate } from '@qiao/protocol'

type Placed = Pick<MessageTemplate, 'parameters'> & Partial<Pick<MessageTemplate, 'places'>>

/** What stands where nothing is filled in: the place as the provider calls it, which counts each part for itself. */
export const placeholders = ({ parameters, places = [] }: Placed): string[] =>
  parameters.map((name, at) => `{{${places[at]?.name ?? name}}}`)

/** The words of a template in a list. */
export const shownText = (template: Placed & Pick<MessageTemplate, 'text'>): string =>
  fillTemplate(template.text, template.parameters, placeholders(template))
