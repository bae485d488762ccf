import { z } from 'zod'

export const id = z.uuid()
/** ISO 8601 in UTC with milliseconds. */
export const instant = z.iso.datetime()
/** Chosen by the client; the same key in the same conversation names the same command, however often it arrives. */
export const clientKey = z
  .string()
  .min(8)
  .max(64)
  .regex(/^[\w.:-]+$/)
export const localeCode = z
  .string()
  .min(2)
  .max(16)
  .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/)
export const timeZone = z.string().min(1).max(64)
export const email = z.email().max(320).toLowerCase()
export const hexColour = z.string().regex(/^#[0-9a-fA-F]{6}$/)
/** A link that a person may press: never javascript:, data: or relative. */
export const webUrl = z.url({ protocol: /^https?$/ }).max(2048)
export const shortText = z.string().trim().min(1).max(200)
const oneEmoji = new RegExp(String.raw`^\p{RGI_Emoji}$`, 'v')
/** One as people see it, of however many code points. */
export const emoji = z
  .string()
  .max(40)
  .refine((value) => oneEmoji.test(value), 'Not an emoji')
/** PostgreSQL cannot store U+0000 in text; it is refused at the edge instead of failing a whole batch. */
export const noNul = (value: string): boolean => !value.includes('\u0000')
/** Free attributes of a contact or a page: flat, small, JSON scalars. */
export const attributes = z
  .record(z.string().min(1).max(64), z.union([z.string().max(1000).refine(noNul), z.number(), z.boolean(), z.null()]))
  .refine((value) => Object.keys(value).length <= 50, 'At most 50 attributes')
export type Attributes = z.infer<typeof attributes>

export const page = <Item extends z.core.$ZodType>(item: Item) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() })
