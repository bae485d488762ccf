import type pg from 'pg'

/** Which channel an inbox is of never changes, so it is asked once: web chat pays a look into a map and nothing else. */
export interface InboxChannels {
  of(client: Pick<pg.Pool | pg.ClientBase, 'query'>, inboxId: string): Promise<string>
}

/** The channel whose messages go over our own sockets. */
export const ownChannel = 'web'

export function createInboxChannels(): InboxChannels {
  const known = new Map<string, string>()
  return {
    async of(client, inboxId) {
      const channel = known.get(inboxId)
      if (channel !== undefined) return channel
      const { rows } = await client.query<{ channel: string }>('select channel from inboxes where id = $1', [inboxId])
      const found = rows[0]?.channel
      if (found !== undefined) known.set(inboxId, found)
      return found ?? ownChannel
    },
  }
}
