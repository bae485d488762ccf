import type { Entry, MessageEntry, Revision } from './entries.ts'

/** Kinds that say something of an earlier message, and what it shows from then on. */
type Change = Extract<Entry, { kind: `message.${string}` }> & { body: { targetId: string } }

type Missed = NonNullable<Revision['outgoing']>['recipients']

const untouched: Revision = { editedAt: null, recalledAt: null, content: null }

/**
 * Applies what an entry says of an earlier message to those that a screen already holds. Returns the same array when
 * nothing changed, so that a list need not redraw.
 */
export function applyRevision<Held extends Entry>(entries: readonly Held[], change: Entry): readonly Held[] {
  if (!revises(change)) return entries
  const at = entries.findIndex((entry) => entry.id === change.body.targetId)
  const target = entries[at]
  if (!target || !('revision' in target)) return entries
  const revision = revisionAfter(target.revision ?? untouched, change)
  return entries.map((entry, index) => (index === at ? { ...target, revision } : entry))
}

/** Reactions stand in the timeline themselves. */
export const revises = (entry: Entry): entry is Exclude<Change, { kind: 'message.reacted' } | MessageEntry> =>
  entry.kind.startsWith('message.') && 'targetId' in entry.body && entry.kind !== 'message.reacted'

function revisionAfter(
  before: Revision,
  change: Exclude<Change, { kind: 'message.reacted' } | MessageEntry>,
): Revision {
  switch (change.kind) {
    case 'message.edited':
      return { ...reached(before), editedAt: change.at, content: change.body.content }
    case 'message.recalled':
      return { ...reached(before), recalledAt: change.at, content: null }
    case 'message.revision-failed': {
      const { change: kind, problem } = change.body
      return { ...before, unreached: { change: kind, problem } }
    }
    case 'message.failed': {
      const { problem, recipients } = change.body
      return { ...before, outgoing: { state: 'failed', problem, dismissed: false, ...missed(before, recipients) } }
    }
    case 'message.unsure':
      return { ...before, outgoing: { state: 'unknown', problem: change.body.problem, dismissed: false } }
    case 'message.resent':
      return { ...before, outgoing: { state: 'queued', problem: null, dismissed: false } }
    case 'message.accepted': {
      const { outgoing: _over, ...rest } = before
      return rest
    }
    case 'message.dismissed':
      return before.outgoing ? { ...before, outgoing: { ...before.outgoing, dismissed: true } } : before
    default:
      return change satisfies never
  }
}

/** Trouble with one recipient after the other adds up; a message that failed as a whole has reached nobody. */
function missed({ outgoing }: Revision, recipients: Missed): { recipients?: NonNullable<Missed> } {
  if (!recipients) return {}
  const known = outgoing?.recipients ?? []
  const others = known.filter(({ address }) => !recipients.some((each) => each.address === address))
  return { recipients: [...others, ...recipients].slice(0, 50) }
}

/** A newer change is another try. */
function reached({ unreached: _over, ...rest }: Revision): Revision {
  return rest
}
