import type { Capabilities, Permission } from '@qiao/channels'

type Rules = Pick<Capabilities, 'window'>

/** A channel that counts so few messages lets none of them be said twice. */
const fewMessages = 10

export const isCounted = ({ window }: Rules): boolean => (window?.message.messages ?? Infinity) <= fewMessages

/**
 * Whether automatic words that nobody asked for may go out: only freely, and half of what the channel counts stays the
 * agents', of a lesser act of the customer half of what that allows (`of`). `underWay`: what has been written before and is
 * not with the provider yet.
 */
export function mayAnnounce(
  rules: Rules,
  { free, of = null }: Pick<Permission, 'free'> & { of?: number | null },
  parts: number,
  underWay: number,
): boolean {
  if (free === null) return false
  const counted = rules.window?.message.messages ?? 0
  const kept = Math.ceil(Math.min(counted, of ?? counted) / 2)
  return free.left === null || free.left - underWay - parts >= kept
}
