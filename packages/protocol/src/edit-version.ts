import { z } from 'zod'
import { id, instant } from './primitives.ts'

/** Of settings that several people may edit. A change names the version it started from and is refused once that is old. */
export const editVersion = z.object({
  version: z.number().int(),
  /** Null until the first change. */
  changedAt: instant.nullable(),
  changedBy: id.nullable(),
})
export type EditVersion = z.infer<typeof editVersion>

export const namedVersion = editVersion.shape.version.describe(
  'The version that the change started from; `changed-meanwhile` is answered if somebody else saved a later one',
)
