import { mayAllow } from '@qiao/channels'
import type { ConversationOutlet, ReplyPolicy } from '@qiao/protocol'
import type { Account } from '../accounts/open-account.ts'
import { shownCapabilities } from '../accounts/shown-capabilities.ts'
import type { ChannelDeps } from '../channel-deps.ts'
import { findUnreachable } from '../mails/unreachable.ts'
import { accountIn } from '../threads/account-in.ts'
import { readLedger } from './ledger.ts'
import { standingOf } from './permission.ts'
import type { Place } from './place.ts'
import { withWaiting } from './waiting.ts'

/** What may be sent to one identity now, and what its channel carries. */
export type Standing = Omit<ReplyPolicy, 'channel'> & Pick<ConversationOutlet, 'closedAt'>

/** Where nothing is known of what is allowed, as in web chat, everything is. */
export const allOpen: Standing = {
  free: { closesAt: null, left: null, of: null },
  humanAgent: null,
  template: false,
  promotion: false,
  why: null,
  allowable: false,
  closedAt: null,
  opens: [],
  startWords: [],
  limits: null,
}

export const shut = (why: string, limits: Standing['limits'] = null): Standing => ({
  ...allOpen,
  free: null,
  why,
  limits,
})

const iso = (milliseconds: number): string => new Date(milliseconds).toISOString()
const isoOrNull = (milliseconds: number | null): string | null => (milliseconds === null ? null : iso(milliseconds))

function limitsOf({ capabilities, channel }: Account): NonNullable<Standing['limits']> {
  const shown = shownCapabilities(capabilities)
  const { sends, text, attachments, links, menu, replyTo, edits, recalls, reactions, templates, letters } = shown
  const { miniPrograms, sessions } = shown
  const out = ({ in: inward, out: outward }: typeof edits) => ({
    in: inward,
    out: outward && channel.revise !== undefined,
  })
  return {
    sends,
    text,
    attachments,
    menu,
    replyTo,
    edits: out(edits),
    recalls: out(recalls),
    reactions: { ...reactions, ...out(reactions) },
    templates,
    ...(sessions ? { sessions } : {}),
    ...(links === false ? { links } : {}),
    ...(letters ? { letters } : {}),
    ...(miniPrograms ? { miniPrograms } : {}),
  }
}

export async function readStanding(
  deps: ChannelDeps,
  account: Account,
  { identityId, inboxId, address, threadKind }: Place,
): Promise<Standing> {
  const here = accountIn(account, threadKind, address)
  const limits = limitsOf(here)
  const [dead] = await findUnreachable(deps.db, inboxId, [address])
  if (dead) return shut('unreachable', limits)
  const ledger = await readLedger(deps.db, identityId)
  const counted = await withWaiting(deps.db, here.capabilities, identityId, ledger)
  const now = standingOf(here.capabilities, counted, deps.clock.now())
  return {
    free: now.free && { closesAt: isoOrNull(now.free.closesAt), left: now.free.left, of: now.of },
    ...(here.capabilities.answers?.only ? { onlyAnswers: true as const } : {}),
    humanAgent: now.humanAgent && { closesAt: iso(now.humanAgent.closesAt) },
    template: now.template,
    promotion: now.promotion,
    why: now.why,
    allowable: mayAllow(ledger),
    closedAt: now.free ? null : isoOrNull(now.closedAt),
    opens: now.opens,
    startWords: now.startWords,
    limits,
  }
}
