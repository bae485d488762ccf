import { z } from 'zod'
import { noNul } from './primitives.ts'

/**
 * What an agent is putting together beside the words of a message: as it stands in the fields, right or not yet. Each kind is
 * kept by itself, so that a look at another one loses nothing.
 */

const typed = (most: number) => z.string().max(most).refine(noNul)

const menu = z.object({ text: typed(4000), options: z.array(typed(200)).max(20) })
const card = z.object({
  title: typed(400),
  text: typed(4000),
  imageUrl: typed(2048),
  links: z.array(z.object({ label: typed(200), url: typed(2048) })).max(3),
  /** The page of a mini program that it opens, where the channel has such cards. */
  appId: typed(64).optional(),
  path: typed(2048).optional(),
})
/** `point`: coordinates, or the address of a map that names them. */
const place = z.object({ title: typed(400), address: typed(1000), point: typed(2048) })

/** `phones`, `emails`: one in each line. */
const contact = z.object({ name: typed(400), organisation: typed(400), phones: typed(400), emails: typed(2000) })

export const insertDraft = z.object({
  menu: menu.optional(),
  card: card.optional(),
  place: place.optional(),
  contact: contact.optional(),
})
export type InsertDraft = z.infer<typeof insertDraft>
export type InsertKind = keyof InsertDraft
export type InsertOf<Kind extends InsertKind> = NonNullable<InsertDraft[Kind]>
