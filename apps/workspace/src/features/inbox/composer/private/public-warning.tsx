import { LockOutlined } from '@ant-design/icons'
import { listPrivateReplies } from '@qiao/protocol'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { call } from '../../../../shared/api.ts'
import { useWords } from '../../../../shared/i18n.ts'
import { part } from '../../../../shared/part.ts'
import { dateTime } from '../../../../shared/time.ts'
import { answeredBy, standingKey } from './answerable.ts'
import { privateWords } from './private-words.ts'
import './private.css'

const PrivateDialog = lazy(
  part(() => import('./private-dialog.tsx').then((module) => ({ default: module.PrivateDialog }))),
)

interface PublicWarningProps {
  conversationId: string
  /** What is answered, where the agent has chosen that. */
  quotedId: string | null
}

/** Said where one writes, so that nothing private is written there; and the way to say it in private. */
export function PublicWarning({ conversationId, quotedId }: PublicWarningProps) {
  const t = useWords(privateWords)
  const [isOpen, setOpen] = useState(false)
  const { data } = useQuery({
    // Whatever makes the policy of replies read anew makes this read anew.
    queryKey: ['reply-policy', conversationId, 'private'],
    queryFn: ({ signal }) => call(listPrivateReplies, { params: { id: conversationId } }, { signal }),
    refetchInterval: 60_000,
  })
  const comment = answeredBy(data?.comments ?? [], quotedId)
  return (
    <div className="q-public-warning" role="note">
      {t('warning')}
      {comment ? (
        <span className="q-private-way">
          {comment.open ? (
            <Button size="small" icon={<LockOutlined />} onClick={() => setOpen(true)}>
              {t('reply')}
            </Button>
          ) : null}
          <small>{t(standingKey(comment), { time: dateTime(comment.closesAt) })}</small>
          {comment.conversationId ? <Link to={`/inbox/all/${comment.conversationId}`}>{t('open')}</Link> : null}
        </span>
      ) : null}
      {isOpen && comment ? (
        <Suspense>
          <PrivateDialog
            key={comment.entryId}
            conversationId={conversationId}
            entryId={comment.entryId}
            onClose={() => setOpen(false)}
          />
        </Suspense>
      ) : null}
    </div>
  )
}
