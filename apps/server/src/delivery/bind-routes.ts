import * as api from '@qiao/protocol'
import { sql } from 'kysely'
import { create } from 'qrcode'
import { readItem } from '#conversations'
import { readInbox } from '#inboxes'
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

interface Made {
  url: string
  as: 'link' | 'code'
  channel: { zh: string; en: string }
}

/** Links by which a customer proves, on another channel, to be the same person. */
export function bindLinkRoutes(deps: ChannelDeps): Route[] {
  return [
    route(api.createBindLink, async ({ params }, { principal }) => {
      const { conversation } = await readItem(deps.db, principal, params.id)
      const { identityId, inboxId } = conversation
      return makeLinks(deps, { identityId, inboxId }, principal.inboxIds)
    }),
    route(api.createOwnBindLink, async (_input, { principal: { identityId, inboxId } }) => {
      const inbox = await readInbox(deps.db, inboxId)
      return makeLinks(deps, { identityId, inboxId }, inbox?.settings.continueIn ?? [])
    }),
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
      const made = await linkTo(deps, inbox, token)
      return made ? [{ inboxId: inbox.id, name: inbox.name, ...made, code: drawn(made.url) }] : []
    }),
  )
  return { token, expiresAt: expiresAt.toISOString(), links: links.flat() }
}

/** Where opening an address hands the token over by itself; elsewhere it is sent as a message. */
async function linkTo(deps: ChannelDeps, { id, key, channel }: InboxRow, token: string): Promise<Made | null> {
  const known = channelOf(deps, channel)
  if (!known) {
    const url = `${deps.url}/chat/${encodeURIComponent(key)}?bind=${token}`
    return { url, as: 'link', channel: { zh: '网页聊天', en: 'Web chat' } }
  }
  const account = known.entrance ? await openAccount(deps, id) : null
  if (!account?.channel.entrance) return null
  const entrance = await account.channel.entrance(token, contextOf(deps, account))
  return 'url' in entrance ? { url: entrance.url, as: entrance.as, channel: known.about.name } : null
}

/** Runs of dark squares, a rectangle each: a tenth of what an SVG of single ones would be. */
function drawn(url: string): { size: number; path: string } {
  const { size, data } = create(url, { errorCorrectionLevel: 'M' }).modules
  const rows = Array.from({ length: size }, (_row, y) => {
    const row = Array.from(data.slice(y * size, (y + 1) * size), (dark) => (dark ? '1' : '0')).join('')
    return [...row.matchAll(/1+/g)].map(({ index, 0: run }) => `M${index} ${y}h${run.length}v1h-${run.length}z`)
  })
  return { size, path: rows.flat().join('') }
}
