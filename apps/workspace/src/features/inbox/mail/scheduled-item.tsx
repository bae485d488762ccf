import { contentPreview, type ScheduledReply } from '@qiao/protocol'
import { useEffect, useState } from 'react'
import { useWords } from '../../../shared/i18n.ts'
import { serverNow } from '../../../shared/server-time.ts'
import { useMe } from '../../../shared/session.ts'
import { useStaffNames } from '../../../shared/staff.ts'
import { dateTime } from '../../../shared/time.ts'
import { deliveryWords, problemKey } from '../delivery-words.ts'
import { shortList } from './people.ts'
import { leavingOf } from './scheduled.ts'
import { mailWords } from './words.ts'

/** One of them in a line: whom it is for, what it says, and when it leaves. */
export function ScheduledItem({ reply }: { reply: ScheduledReply }) {
  const t = useWords(mailWords)
  const words = useWords(deliveryWords)
  const me = useMe()
  const { agents } = useStaffNames()
  const leaving = useLeaving(reply)
  const { content, agentId, sendAt, problem } = reply
  const { first, more } = shortList(content.type === 'mail' ? content.to : [])
  const when =
    leaving.is === 'failed'
      ? t('strip.failed', { why: words(problemKey(problem?.code ?? '')) })
      : leaving.is === 'soon'
        ? t('strip.in', { count: leaving.seconds })
        : leaving.is === 'leaving'
          ? t('strip.leaving')
          : t('strip.at', { time: dateTime(sendAt) })
  return (
    <span className="q-scheduled-main">
      <span className={`q-scheduled-when is-${leaving.is}`} role={leaving.is === 'failed' ? 'alert' : undefined}>
        {when}
      </span>
      {first ? (
        <span className="q-scheduled-to">
          {t('strip.to', { name: first })}
          {more > 0 ? t('head.more', { count: more }) : ''}
        </span>
      ) : null}
      <span className="q-scheduled-text">{contentPreview(content)}</span>
      {agentId === me.id ? null : (
        <span className="q-scheduled-to">{t('strip.by', { name: agents.get(agentId)?.name ?? '' })}</span>
      )}
    </span>
  )
}

/** Moves by itself while somebody looks; the last minute by the second. */
function useLeaving(reply: ScheduledReply) {
  const [now, setNow] = useState(serverNow)
  const leaving = leavingOf(reply, now)
  const everyMs = leaving.is === 'soon' ? 250 : 5000
  useEffect(() => {
    const timer = setInterval(() => setNow(serverNow()), everyMs)
    return () => clearInterval(timer)
  }, [everyMs])
  return leaving
}
