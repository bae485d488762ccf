import { MailOutlined, MessageOutlined } from '@ant-design/icons'
import type { ContentOf } from '@qiao/protocol'
import { Tag } from 'antd'
import { useWords } from '../../../shared/i18n.ts'
import { inboxWords } from '../words.ts'
import { AttachmentView } from './attachment-view.tsx'
import { FieldList } from './field-list.tsx'
import { MarkupView } from './markup-view.tsx'

interface LeftMessageViewProps {
  content: ContentOf<'left-message'>
  onOpenImage: (id: string) => void
}

/** A message that was left: what it is about, the words, what was asked, the files, and where the answer is wanted. */
export function LeftMessageView({ content, onOpenImage }: LeftMessageViewProps) {
  const t = useWords(inboxWords)
  const { topic, text, values, files, answerBy } = content
  return (
    <div className="q-left">
      {topic ? <Tag className="q-left-topic">{topic.label}</Tag> : null}
      <MarkupView text={text} markup="none" />
      {values.length > 0 ? <FieldList rows={values.map(({ label, value }) => [label, value])} /> : null}
      {files.map(({ kind, ...reference }) => (
        <AttachmentView key={reference.id} kind={kind} reference={reference} onOpenImage={onOpenImage} />
      ))}
      {answerBy.way === 'chat' ? null : (
        <span className="q-left-way">
          {answerBy.way === 'mail' ? <MailOutlined /> : <MessageOutlined />}{' '}
          {t(answerBy.way === 'mail' ? 'content.answerBy.mail' : 'content.answerBy.sms')} <bdi>{answerBy.address}</bdi>
        </span>
      )}
    </div>
  )
}
