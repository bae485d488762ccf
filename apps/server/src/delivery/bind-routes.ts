import * as api from '@qiao/protocol'
import { sql } from 'kysely'
import { readItem } from '#conversations'
import { type Route, route } from '#platform/http/route'
import { contextOf } from './accounts/context.ts'
import { openAccount } from './accounts/open-account.ts'
import { type ChannelDeps, channelOf } from './channel-deps.ts'

interface InboxRow {
  id: string
  key: string
  name: string
  channel: string
}

const mostLinks = 50

/** Links by which a customer proves, on another channel, to be the same person. */
export function bindLinkRoutes(deps: ChannelDeps): Route[] {
  return [
    route(api.createBindLink, async ({ params }, { principal }) => {
      const { conversation } = await readItem(deps.db, principal, params.id)
      const { identityId, inboxId } = conversation
      return makeLinks(deps, { identityId, inboxId }, principal.inboxIds)
    }),
    route(api.createOwnBindLink, (_input, { principal: { identityId, inboxId } }) =>
      makeLinks(deps, { identityId, inboxId }, 'all'),
    ),
  ]
}

async function makeLinks(
  deps: ChannelDeps,
  from: { identityId: string; inboxId: string },
  inboxIds: readonly string[] | 'all',
) {
  const { token, expiresAt } = deps.bindLinks.issue(from.identityId, deps.clock.now())
  const visible = inboxIds === 'all' ? sql`true` : sql`id = any(${[...inboxIds]}::uuid[])`
  const { rows } = await sql<InboxRow>`
    select id, key, name, channel from inboxes
    where paused_at is null and id <> ${from.inboxId} and ${visible} order by name limit ${mostLinks}`.execute(deps.db)
  const links = await Promise.all(
    rows.map(async (inbox) => {
      const url = await linkTo(deps, inbox, token)
      return url ? [{ inboxId: inbox.id, name: inbox.name, url }] : []
    }),
  )
  return { token, expiresAt: expiresAt.toISOString(), links: links.flat() }
}

/** Where opening an address hands the token over by itself; elsewhere it is sent as a message. */
async function linkTo(deps: ChannelDeps, { id, key, channel }: InboxRow, token: string): Promise<string | null> {
  const known = channelOf(deps, channel)
  if (!known) return `${deps.url}/chat/${encodeURIComponent(key)}?bind=${token}`
  const account = known.entrance ? await openAccount(deps, id) : null
  if (!account?.channel.entrance) return null
  const entrance = await account.channel.entrance(token, contextOf(deps, account))
  return 'url' in entrance ? entrance.url : null
}
