import type { Entry } from '@qiao/protocol'
import { entriesAppended } from '#conversations'
import type { Bus } from '#platform/bus/bus'
import type { Clock } from '#platform/clock'
import { type PlaceTold, placesTold } from '#routing'

/** The places in queues that were last told, for visitors who come (back) before the next change. */
export interface PlaceMemory {
  /** Of one contact, in all inboxes. */
  of(contactId: string): PlaceTold[]
}

const forgetAfterMs = 600_000
/** Beyond this who was told longest ago is forgotten; they ask anew. */
const mostContacts = 20_000

export function rememberPlaces(bus: Bus, clock: Clock, most = mostContacts): PlaceMemory {
  /** By contact, the one told last at the end. */
  const kept = new Map<string, { until: number; told: Map<string, PlaceTold> }>()
  const nowMs = (): number => clock.now().getTime()

  bus.subscribe(placesTold, ({ told }) => {
    for (const one of told) {
      if (one.place === null && !one.connecting) forget(one.contactId, one.conversationId)
      else keep(one)
    }
    for (const [contactId, { until }] of kept) {
      if (kept.size <= most && until > nowMs()) break
      kept.delete(contactId)
    }
  })
  // Whoever told it may be gone before telling that it is over.
  bus.subscribe(entriesAppended, ({ scope, entries }) => {
    if (endsWait(entries)) forget(scope.contactId, scope.id)
  })
  // What was told meanwhile may be missing.
  bus.onGap(() => kept.clear())

  function keep(one: PlaceTold): void {
    const told = kept.get(one.contactId)?.told ?? new Map<string, PlaceTold>()
    kept.delete(one.contactId)
    kept.set(one.contactId, { until: nowMs() + forgetAfterMs, told: told.set(one.conversationId, one) })
  }
  function forget(contactId: string, conversationId: string): void {
    const told = kept.get(contactId)?.told
    told?.delete(conversationId)
    if (told?.size === 0) kept.delete(contactId)
  }

  return {
    of(contactId) {
      const known = kept.get(contactId)
      return known && known.until > nowMs() ? [...known.told.values()] : []
    },
  }
}

const ends: ReadonlySet<Entry['kind']> = new Set<Entry['kind']>([
  'conversation.assigned',
  'conversation.queue-left',
  'conversation.closed',
])

/** Left and not queued again at once. */
function endsWait(entries: readonly Entry[]): boolean {
  const last = entries.findLast(({ kind }) => kind === 'conversation.queued' || ends.has(kind))
  return last !== undefined && ends.has(last.kind)
}
