import type { ReplyPolicy } from '@qiao/protocol'
import { useQuery } from '@tanstack/react-query'
import { createContext, type ReactNode, useMemo } from 'react'
import { outletsQuery } from '../composer/via-select.tsx'

/** What the channel lets one do with messages that the customer has. */
export interface Powers {
  /** A reply shows what it answers. */
  readonly quote: boolean
  readonly edit: boolean
  readonly recall: boolean
  /** With which emojis one can react to what the customer says; null: with none. */
  readonly react: readonly string[] | 'any' | null
  /** Why with none, where other chats of the channel have reactions. */
  readonly whyNoReactions: { zh: string; en: string } | null
}
const everything: Powers = { quote: true, edit: true, recall: true, react: 'any', whyNoReactions: null }
const nothing: Powers = { quote: false, edit: false, recall: false, react: null, whyNoReactions: null }

export const powersOf = (limits: ReplyPolicy['limits']): Powers =>
  limits
    ? {
        quote: limits.replyTo,
        edit: limits.edits.out,
        recall: limits.recalls.out,
        react: limits.reactions.out ? (limits.reactions.only ?? 'any') : null,
        whyNoReactions: limits.reactions.why ?? null,
      }
    : everything

/** Beside that of the thread: what hangs on it is the buttons alone, so no row is drawn anew when it is known. */
export const PowersContext = createContext(everything)

interface PowersOfChannelProps {
  conversationId: string
  /** Not web chat, which can do everything. */
  throughChannel: boolean
  children: ReactNode
}
export function PowersOfChannel({ conversationId, throughChannel, children }: PowersOfChannelProps) {
  const { data } = useQuery(outletsQuery(conversationId))
  const own = data?.find((outlet) => outlet.own)
  const limits = own?.limits
  const powers = useMemo(
    () => (throughChannel ? (limits === undefined ? nothing : powersOf(limits)) : everything),
    [throughChannel, limits],
  )
  return <PowersContext value={powers}>{children}</PowersContext>
}
