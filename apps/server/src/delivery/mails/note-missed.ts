import type { Refused } from '@qiao/channels'
import { decideFailed } from '#conversations'
import type { ChannelDeps } from '../channel-deps.ts'
import { keyFrom } from '../inbound/entry-key.ts'

interface Sent {
  conversationId: string
  entryId: string
  /** Each sending may miss the same people once. */
  round: number
}

/** Of several who were written to, some have not got it: the message says whom and why, and stays sent to all others. */
export async function noteMissed(
  { appender }: ChannelDeps,
  { conversationId, entryId, round }: Sent,
  refused: readonly Refused[],
): Promise<void> {
  const [first] = refused
  if (!first) return
  const recipients = refused.slice(0, 50).map(({ address, problem: { code, detail, providerCode } }) => ({
    address: address.slice(0, 320),
    problem: {
      code,
      ...(detail ? { detail: detail.slice(0, 1000) } : {}),
      ...(providerCode ? { providerCode: providerCode.slice(0, 100) } : {}),
    },
  }))
  const [{ problem } = { problem: { code: first.problem.code } }] = recipients
  await appender.append({
    conversationId,
    clientKey: keyFrom('missed', entryId, String(round), ...recipients.map(({ address }) => address).toSorted()),
    author: { type: 'system' },
    targetId: entryId,
    decide: (conversation, _now, message) =>
      decideFailed(conversation, message, { targetId: entryId, problem, recipients }),
  })
}
