import { answerInvitation, type InvitationAnswer, invitationAnswers, type MessageEntry } from '@qiao/protocol'
import { useMutation } from '@tanstack/react-query'
import { App, Button, Input } from 'antd'
import { useRef, useState } from 'react'
import { call } from '../../../shared/api.ts'
import { newClientKey } from '../../../shared/client-key.ts'
import { explain } from '../../../shared/error-words.ts'
import { useWords } from '../../../shared/i18n.ts'
import { invitationWords } from './invitation-words.ts'

interface InvitationAnswersProps {
  entry: MessageEntry
  /** What was answered before; it can be answered otherwise. */
  answered: InvitationAnswer | null
}

/** One press answers; a comment goes along when somebody wants to write one. */
export function InvitationAnswers({ entry, answered }: InvitationAnswersProps) {
  const t = useWords(invitationWords)
  const { message } = App.useApp()
  const [changing, setChanging] = useState(false)
  const [comment, setComment] = useState<string | null>(null)
  // An answer that was lost on the way is the same one when it is pressed again.
  const keys = useRef(new Map<string, string>())
  const { mutate, isPending, variables } = useMutation({
    mutationFn: (answer: InvitationAnswer) => {
      const words = comment?.trim() ?? ''
      const what = `${answer} ${words}`
      const clientKey = keys.current.get(what) ?? newClientKey()
      keys.current.set(what, clientKey)
      const body = { clientKey, entryId: entry.id, answer, ...(words === '' ? {} : { comment: words }) }
      return call(answerInvitation, { params: { id: entry.conversationId }, body })
    },
    onSuccess: () => {
      keys.current.clear()
      setComment(null)
      setChanging(false)
    },
    onError: (error) => void message.error(explain(error)),
  })
  if (answered && !changing)
    return (
      <button type="button" className="q-mail-link" onClick={() => setChanging(true)}>
        {t('do.change')}
      </button>
    )
  return (
    <div className="q-invitation-answers" role="group" aria-label={t('do.label')}>
      {comment === null ? null : (
        <Input.TextArea
          autoFocus
          autoSize={{ minRows: 2, maxRows: 6 }}
          maxLength={1000}
          aria-label={t('commentLabel')}
          placeholder={t('commentLabel')}
          value={comment}
          onChange={({ target }) => setComment(target.value)}
        />
      )}
      {invitationAnswers.map((answer) => (
        <Button
          key={answer}
          size="small"
          type={answer === 'accepted' ? 'primary' : 'default'}
          disabled={isPending && variables !== answer}
          loading={isPending && variables === answer}
          onClick={() => mutate(answer)}
        >
          {t(`do.${answer}`)}
        </Button>
      ))}
      {comment === null ? (
        <button type="button" className="q-mail-link" onClick={() => setComment('')}>
          {t('do.comment')}
        </button>
      ) : null}
    </div>
  )
}
