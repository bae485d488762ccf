import { z } from 'zod'

/** What a template is made of, at the provider and in the message that was made from it. */

export const templateParts = ['header', 'body', 'footer', 'button'] as const
export const templateHeads = ['image', 'video', 'file', 'location'] as const
export type TemplateHead = (typeof templateHeads)[number]

/** `url` and `code`, of buttons, may hold places of their own. */
export const templatePart = z.object({
  part: z.enum(templateParts),
  text: z.string(),
  does: z.enum(['reply', 'url', 'phone', 'code']).optional().describe('What a button does'),
  url: z.string().optional(),
  code: z.string().optional().describe('What a button copies'),
})
export type TemplatePart = z.infer<typeof templatePart>

/** Where a value goes when it is sent. */
const filledPlace = z.object({
  part: z.enum(templateParts),
  name: z.string().describe('As the provider calls it: `1`, `order_number`'),
  named: z.literal(true).optional().describe('The provider goes by the name instead of the order'),
  button: z.number().int().min(0).optional().describe('Which of the buttons'),
  does: z.enum(['url', 'code']).optional().describe('Ends the address of the button, or is what it copies'),
})
export const filledPlaces = z.array(filledPlace).max(50)

/** With what whoever fills it in should know. */
export const templatePlace = filledPlace.extend({
  example: z.string().optional(),
  most: z.number().int().optional().describe('Characters'),
  plain: z.literal(true).optional().describe('One line, without tabs, and at most four spaces in a row'),
})
export type TemplatePlace = z.infer<typeof templatePlace>
export type FilledPlace = z.infer<typeof filledPlace>
