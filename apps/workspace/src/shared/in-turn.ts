import type { QueryClient } from '@tanstack/react-query'

/**
 * For changes that are shown before the server has them. Those of one `subject` go to it one after another, as they were
 * made; only the last one's answer (`isLast`) says what is so, the others are older than what is shown.
 */
export function inTurn(client: QueryClient, ...subject: string[]) {
  const mutationKey = ['in-turn', ...subject]
  const underWay = (): number => client.isMutating({ mutationKey, exact: true })
  return {
    turn: { mutationKey, scope: { id: mutationKey.join(' ') } },
    isLast: (): boolean => underWay() === 1,
    /** The last answer will tell what is so, and what others have changed meanwhile. */
    isUnderWay: (): boolean => underWay() > 0,
  }
}
