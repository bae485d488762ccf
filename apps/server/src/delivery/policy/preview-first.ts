import type { FirstPreview, MessageContent } from '@qiao/protocol'
import { sql } from 'kysely'
import { canSeeContact, findContact, identityIn } from '#contacts'
import { seesInbox } from '#inboxes'
import { AppError } from '#platform/errors'
import type { AgentPrincipal } from '#platform/principal'
import { type Account, openAccount } from '../accounts/open-account.ts'
import type { ChannelDeps } from '../channel-deps.ts'
import { findUnreachable } from '../mails/unreachable.ts'
import { linksLastMs } from '../outbound/render-message.ts'
import { readLedger } from './ledger.ts'
import { allowanceFor, permissionOf } from './permission.ts'
import { ownFiles, smsOf } from './preview-reply.ts'
import { renderAhead } from './render-ahead.ts'
import { sentKind } from './sent-kind.ts'

interface Wanted {
  contactId?: string | undefined
  address?: string | undefined
  content?: MessageContent | undefined
}

const nowhere = (code: string): FirstPreview => ({ address: null, sms: null, problem: { code } })
const unknownId = '00000000-0000-0000-0000-000000000000'

/** What would become of it if it were sent now, looked at as `mayStart` will; kept nowhere. */
export async function previewFirst(
  deps: ChannelDeps,
  agent: AgentPrincipal,
  inboxId: string,
  wanted: Wanted,
): Promise<FirstPreview> {
  if (!seesInbox(agent, inboxId)) throw new AppError('not-found')
  if (wanted.contactId && !(await canSeeContact(deps.db, agent, wanted.contactId))) throw new AppError('not-found')
  const account = await openAccount(deps, inboxId)
  if (!account?.capabilities.writesFirst) return nowhere('not-connected')
  const address = await addressOf(deps, account, wanted)
  if (address === null) return nowhere('address-unknown')
  const problem = await hindranceOf(deps, account, address, wanted.content)
  const ahead = wanted.content ? await aheadOf(deps, agent, account, address, wanted.content) : null
  return {
    address,
    sms: ahead ? smsOf(account.channel, [ahead]) : null,
    problem: problem ?? (ahead?.kind === 'impossible' ? ahead.problem : null),
  }
}

/** As when it is sent: the way that the contact has there, or what is known of them. */
async function addressOf(deps: ChannelDeps, { channel, inbox }: Account, { contactId, address }: Wanted) {
  if (address !== undefined) return channel.address(address)
  if (contactId === undefined) return null
  const known = await identityIn(deps.db, contactId, inbox.id)
  if (known) return known.address
  const contact = await findContact(deps.db, contactId)
  const texts = [contact?.phone, contact?.email].flatMap((text) => text ?? [])
  return texts.map((text) => channel.address(text)).find((found) => found !== null) ?? null
}

async function hindranceOf(
  deps: ChannelDeps,
  { capabilities, inbox }: Account,
  address: string,
  content: MessageContent | undefined,
): Promise<FirstPreview['problem']> {
  const [dead] = await findUnreachable(deps.db, inbox.id, [address])
  if (dead) return { code: 'unreachable', detail: dead.address }
  const { rows } = await sql<{ id: string }>`
    select id from identities where inbox_id = ${inbox.id} and address = ${address}`.execute(deps.db)
  const permission = permissionOf(capabilities, await readLedger(deps.db, rows[0]?.id ?? unknownId), deps.clock.now())
  if (!content) return permission.why === 'opted-out' ? { code: 'opted-out' } : null
  const allowance = allowanceFor(permission, await sentKind(deps.db, inbox.id, content), true)
  return typeof allowance === 'object' ? { code: allowance.refused } : null
}

async function aheadOf(
  deps: ChannelDeps,
  agent: AgentPrincipal,
  account: Account,
  to: string,
  content: MessageContent,
) {
  const files = await ownFiles(deps, agent, [content])
  const linkOf = (file: (typeof files)[number]): string => deps.url + deps.attachments.linkFor(file, linksLastMs)
  return renderAhead(account, content, { to, window: 'open', files, linkOf })
}
