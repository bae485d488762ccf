import type { Entry } from '@qiao/protocol'

/**
 * The key under which a socket sent these entries, when it still waits to hear of them; it does so no longer. `sending`
 * holds the conversation of each key: a key is the client's choice and names nothing elsewhere.
 */
export function ownKey(
  sending: Map<string, string | null>,
  conversationId: string,
  entries: readonly Pick<Entry, 'clientKey'>[],
): string | null {
  for (const { clientKey } of entries) {
    if (clientKey === null || sending.get(clientKey) !== conversationId) continue
    sending.delete(clientKey)
    return clientKey
  }
  return null
}
