import { z } from 'zod'
import { type Contact, contact } from './contact.ts'
import { id, instant } from './primitives.ts'

/** Two contacts that turn out to be one person. Pure, so that the preview on the screen is what the server does. */

export const mergeCauses = ['agent', 'link', 'signed-in', 'phone', 'email', 'union'] as const
export type MergeCause = (typeof mergeCauses)[number]

const value = z.unknown()
/** Of the contact that stays: what its field held, and what it took over. `attributes.level` names an attribute. */
export const mergeChange = z.object({ field: z.string(), before: value, after: value })
export type MergeChange = z.infer<typeof mergeChange>

export const contactMerge = z.object({
  id,
  intoId: id,
  /** As it was; it comes back like this when the merge is undone. */
  from: contact,
  cause: z.enum(mergeCauses),
  /** Null when proof did it. */
  byAgentId: id.nullable(),
  at: instant,
  changes: z.array(mergeChange),
  undoneAt: instant.nullable(),
  undoneBy: id.nullable(),
})
export type ContactMerge = z.infer<typeof contactMerge>

export const suggestionReason = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('email'), value: z.string() }),
  z.object({ kind: z.literal('phone'), value: z.string() }),
  z.object({ kind: z.literal('alias'), value: z.string() }),
  z.object({ kind: z.literal('name'), value: z.string(), attribute: z.string(), shared: z.string() }),
])
export type SuggestionReason = z.infer<typeof suggestionReason>

export const mergeSuggestion = z.object({
  contact,
  reasons: z.array(suggestionReason).min(1),
  /** The caller sees all of both contacts, which merging needs. */
  mergeable: z.boolean(),
})
export type MergeSuggestion = z.infer<typeof mergeSuggestion>

const plainFields = ['name', 'email', 'phone', 'avatarUrl', 'language', 'timeZone'] as const

export interface PlannedField {
  field: string
  into: unknown
  from: unknown
  /** The value of the one that goes wins. */
  taken: boolean
}

/** Both are customers of the company's own system, where they are two. */
export const bothKnown = (one: Contact, other: Contact): boolean => one.externalId !== null && other.externalId !== null

/** Whom the company's own system knows stays; else the one that was asked for. */
export const whoStays = (wanted: Contact, other: Contact): { into: Contact; from: Contact } =>
  other.externalId !== null && wanted.externalId === null
    ? { into: other, from: wanted }
    : { into: wanted, from: other }

export function fieldOf(of: Contact, field: string): unknown {
  const attribute = /^attributes\.(.+)$/su.exec(field)?.[1]
  if (attribute !== undefined) return of.attributes[attribute] ?? null
  if (field === 'device') return of.device
  const plain = plainFields.find((each) => each === field)
  return plain ? of[plain] : null
}

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

/**
 * What becomes of each field. What is empty is filled; where both say something the one that stays wins, unless `take`
 * names the field. Nothing is lost: the other value stays with the merge.
 */
export function planMerge(into: Contact, from: Contact, take: readonly string[] = []): PlannedField[] {
  const names = [...new Set([...Object.keys(into.attributes), ...Object.keys(from.attributes)])]
  const fields: string[] = [...plainFields, ...names.map((name) => `attributes.${name}`)]
  const planned = fields.flatMap((field) => {
    const [before, other] = [fieldOf(into, field), fieldOf(from, field)]
    if (before === null && other === null) return []
    const taken = other !== null && !same(before, other) && (before === null || take.includes(field))
    return [{ field, into: before, from: other, taken }]
  })
  const newer = (from.lastSeenAt ?? from.createdAt) > (into.lastSeenAt ?? into.createdAt)
  const taken = from.device !== null && !same(into.device, from.device) && (into.device === null || newer)
  return taken ? [...planned, { field: 'device', into: into.device, from: from.device, taken }] : planned
}

/** Where both say something else: what a person should look at. */
export const conflictsOf = (planned: readonly PlannedField[]): PlannedField[] =>
  planned.filter(({ field, into, from }) => field !== 'device' && into !== null && from !== null && !same(into, from))

export const changesOf = (planned: readonly PlannedField[]): MergeChange[] =>
  planned.filter(({ taken }) => taken).map(({ field, into, from }) => ({ field, before: into, after: from }))

interface MergeOf {
  id: string
  from: Contact
  changes: readonly MergeChange[]
}

/**
 * What becomes of the one that stays when a merge is undone: it gives back what it took, unless somebody has changed that
 * since. Others that were merged into it meanwhile (oldest first) stand as if this one had never been.
 */
export function planUndo(
  current: Contact,
  undone: MergeOf,
  later: readonly MergeOf[],
): { fields: Record<string, unknown>; others: Map<string, MergeChange[]> } {
  const fields: Record<string, unknown> = {}
  const others = new Map<string, MergeChange[]>()
  const changesNow = (merge: MergeOf): readonly MergeChange[] => others.get(merge.id) ?? merge.changes
  for (const { field, before, after } of undone.changes) {
    const covered = later.find((merge) =>
      changesNow(merge).some((change) => change.field === field && same(change.before, after)),
    )
    if (covered) {
      const repaired = changesNow(covered).map((change) => (change.field === field ? { ...change, before } : change))
      others.set(covered.id, repaired)
      continue
    }
    if (!same(fieldOf(current, field), after)) continue
    const heir = before === null ? later.find((merge) => fieldOf(merge.from, field) !== null) : undefined
    if (heir) others.set(heir.id, [...changesNow(heir), { field, before, after: fieldOf(heir.from, field) }])
    fields[field] = heir ? fieldOf(heir.from, field) : before
  }
  return { fields, others }
}
