import { publicRevisionAfter, reviseTarget } from './apply-public-revision.ts'
import type { Entry, MessageEntry, Revision } from './entries.ts'

/** Kinds that say something of an earlier message, and what it shows from then on. */
type Change = Extract<Entry, { kind: `message.${string}` }> & { body: { targetId: string } }

type Missed = NonNullable<Revision['outgoing']>['recipients']

/**
 * Applies what an entry says of an earlier message to those that a screen already holds. Returns the same array when
 * nothing changed, so that a list need not redraw.
 */
export const applyRevision = <Held extends Entry>(entries: readonly Held[], change: Entry): readonly Held[] =>
  revises(change) ? reviseTarget(entries, change.body.targetId, (before) => revisionAfter(before, change)) : entries

/** Reactions of customers stand in the timeline themselves; ours are known with the message, too. */
export const revises = (entry: Entry): entry is Exclude<Change, MessageEntry> =>
  entry.kind.startsWith('message.') &&
  'targetId' in entry.body &&
  (entry.kind !== 'message.reacted' || entry.author.type !== 'contact')

function revisionAfter(before: Revision, change: Exclude<Change, MessageEntry>): Revision {
  switch (change.kind) {
    case 'message.edited':
    case 'message.recalled':
    case 'message.reacted':
      return publicRevisionAfter(before, change)
    case 'message.revision-failed': {
      const { change: kind, problem } = change.body
      return { ...before, unreached: { change: kind, problem } }
    }
    case 'message.failed': {
      const { problem, recipients } = change.body
      return { ...before, outgoing: { state: 'failed', problem, dismissed: false, ...missed(before, recipients) } }
    }
    case 'message.delayed':
      // What has failed has; and of several, those who have not got it stay named.
      return before.outgoing?.state === 'failed' || before.outgoing?.recipients
        ? before
        : {
            ...before,
            outgoing: { state: 'delayed', problem: change.body.problem, dismissed: false, since: change.at },
          }
    case 'message.retrying': {
      const { problem, since } = change.body
      return { ...before, outgoing: { state: 'retrying', problem, dismissed: false, since, ...stillMissed(before) } }
    }
    case 'message.unsure': {
      const { problem } = change.body
      return { ...before, outgoing: { state: 'unknown', problem, dismissed: false, ...stillMissed(before) } }
    }
    case 'message.resent': {
      const { recipients: again } = change.body
      const ofSome = again ? { ...stillMissed(before), again } : {}
      return { ...before, outgoing: { state: 'queued', problem: null, dismissed: false, ...ofSome } }
    }
    case 'message.accepted':
      return accepted(before)
    case 'message.dismissed':
      return before.outgoing ? { ...before, outgoing: { ...before.outgoing, dismissed: true } } : before
    default:
      return change satisfies never
  }
}

/** Whom it has not reached so far. */
function stillMissed({ outgoing }: Revision): Pick<NonNullable<Revision['outgoing']>, 'recipients' | 'again'> {
  const { recipients, again } = outgoing ?? {}
  return { ...(recipients ? { recipients } : {}), ...(again ? { again } : {}) }
}

/** All have it now; or those to whom it went once more, and others still do not. */
function accepted(before: Revision): Revision {
  const { outgoing, ...rest } = before
  const { again, recipients = [] } = outgoing ?? {}
  const left = again ? recipients.filter(({ address }) => !again.includes(address)) : []
  const [first] = left
  return first
    ? { ...rest, outgoing: { state: 'failed', problem: first.problem, dismissed: false, recipients: left } }
    : rest
}

/** Trouble with one recipient after the other adds up; a message that failed as a whole has reached nobody. */
function missed({ outgoing }: Revision, recipients: Missed): { recipients?: NonNullable<Missed> } {
  if (!recipients) return {}
  const known = outgoing?.recipients ?? []
  const isNamed = (address: string) => recipients.some((each) => each.address === address)
  const again = outgoing?.again?.filter((address) => !isNamed(address)) ?? []
  return {
    recipients: [...known.filter(({ address }) => !isNamed(address)), ...recipients].slice(0, 50),
    ...(again.length > 0 ? { again } : {}),
  }
}
