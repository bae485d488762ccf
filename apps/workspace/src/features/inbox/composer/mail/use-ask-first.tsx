import type { MailDraft } from '@qiao/protocol'
import { App } from 'antd'
import { useWords } from '../../../../shared/i18n.ts'
import { stillOpen } from './placeholders.ts'
import { mailerWords } from './words.ts'

/** What may have been forgotten is asked before a mail is sent, all in one question; beside it what the place has to ask. */
export function useAskFirst(): (mail: MailDraft, others: readonly string[], go: () => Promise<void>) => void {
  const t = useWords(mailerWords)
  const { modal } = App.useApp()
  return (mail, others, go) => {
    const open = stillOpen(mail)
    const questions = [
      ...others,
      ...(mail.subject.trim() === '' ? [t('subject.none')] : []),
      ...(open.length > 0 ? [t('ask.open', { names: open.join(' ') })] : []),
    ]
    const [only] = questions
    if (only === undefined) {
      void go()
      return
    }
    void modal.confirm({
      title: questions.length === 1 ? only : t('ask.several'),
      content:
        questions.length === 1 ? undefined : (
          <ul className="q-mailer-questions">
            {questions.map((question) => (
              <li key={question}>{question}</li>
            ))}
          </ul>
        ),
      okText: t('subject.send'),
      onOk: go,
    })
  }
}
