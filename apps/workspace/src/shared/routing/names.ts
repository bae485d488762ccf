import {
  type DispositionCode,
  type ReasonCode,
  type WaitRange,
  callback,
  leftMessage,
  selectionPolicyNames,
} from '@qiao/protocol'
import { useQuery } from '@tanstack/react-query'
import { currentLanguage, translate } from '../i18n.ts'
import { routingSettingsQuery } from '../staff.ts'
import { routingWords } from '../routing-words.ts'

/** A code in the viewer's language. */
export const codeName = ({ names }: Pick<ReasonCode, 'names'>): string =>
  currentLanguage() === 'en' ? names.en : names.zh

const noReasons: ReasonCode[] = []
export function useReasons(kind: ReasonCode['kind']): ReasonCode[] {
  const reasons = useQuery(routingSettingsQuery).data?.reasons ?? noReasons
  return reasons.filter((reason) => reason.kind === kind)
}

/** Why somebody was away or did not take an offer; it may be a reason that nobody can choose any more. */
export function useReason(id: string | null): ReasonCode | undefined {
  const settings = useQuery(routingSettingsQuery).data
  return settings && [...settings.reasons, ...settings.retired.reasons].find((reason) => reason.id === id)
}

/** What may have become of a contact that came by this queue. */
export const dispositionsOf = (codes: readonly DispositionCode[], queueId: string | null): DispositionCode[] =>
  codes.filter(({ queueIds }) => queueIds.length === 0 || (queueId !== null && queueIds.includes(queueId)))

/** «2–4 分钟», "2–4 min"; below a minute there is no use in counting. */
export function waitWords(wait: WaitRange | null): string {
  if (!wait) return translate(routingWords, 'wait.unknown')
  const [low, high] = [Math.floor(wait.lowSeconds / 60), Math.ceil(wait.highSeconds / 60)]
  if (high <= 1) return translate(routingWords, 'wait.soon')
  if (low === high) return translate(routingWords, 'wait.about', { minutes: high })
  return translate(routingWords, 'wait.range', { low, high })
}

const isPolicy = (policy: string): policy is (typeof selectionPolicyNames)[number] =>
  selectionPolicyNames.some((name) => name === policy)
export const policyName = (policy: string): string =>
  isPolicy(policy) ? translate(routingWords, `policy.${policy}`) : policy

/** What kind of work it is: the channel, or a message or promise that was left. */
export function channelName(channel: string): string {
  if (channel === leftMessage) return translate(routingWords, 'channel.message')
  if (channel === callback) return translate(routingWords, 'channel.callback')
  return channel === 'web' ? translate(routingWords, 'channel.web') : channel
}
