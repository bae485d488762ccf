import { memo } from 'react'
import { type ContentOf, readReplyPolicy, type ReplyPolicy } from '@qiao/protocol'
import { useQuery } from '@tanstack/react-query'
import { call } from '../../../shared/api.ts'
import { type Translate, useWords } from '../../../shared/i18n.ts'
import { dateTime } from '../../../shared/time.ts'
import { TemplatesButton } from './templates/templates-button.tsx'
import { type DeliveryKey, deliveryWords, problemKey } from '../delivery-words.ts'

interface ReplyStripProps {
  conversationId: string
  inboxId: string
  language: string | null
  onTemplate: (content: ContentOf<'template'>) => void
}

/** Until when and how often the channel lets one answer. Web chat has no such rules, and nothing is asked for it. */
export const ReplyStrip = memo(function ReplyStrip({ conversationId, inboxId, language, onTemplate }: ReplyStripProps) {
  const t = useWords(deliveryWords)
  const { data: policy } = useQuery({
    queryKey: ['reply-policy', conversationId],
    queryFn: ({ signal }) => call(readReplyPolicy, { params: { id: conversationId } }, { signal }),
    // A window closes by itself, without anybody telling.
    refetchInterval: 60_000,
  })
  const words = policy ? stripWords(policy, t) : null
  if (!words) return null
  const onlyTemplates = policy && !policy.free && !policy.humanAgent && policy.template
  return (
    <div className={`q-reply-strip ${policy?.free ? '' : 'is-shut'}`}>
      <span role="status">{words}</span>
      {onlyTemplates ? (
        <TemplatesButton isNamed {...{ conversationId, inboxId, language }} onSend={onTemplate} />
      ) : null}
    </div>
  )
})

/** Null when there is nothing to mind. */
export function stripWords({ free, humanAgent, template, why }: ReplyPolicy, t: Translate<DeliveryKey>): string | null {
  if (free?.closesAt) {
    const time = dateTime(free.closesAt)
    return free.left === null ? t('strip.until', { time }) : t('strip.left', { count: free.left, time })
  }
  if (free) return null
  if (humanAgent) return t('strip.people', { time: dateTime(humanAgent.closesAt) })
  const shut = t('strip.shut', { why: t(problemKey(why ?? 'window-closed')) })
  return template ? `${shut} ${t('strip.template')}` : shut
}
