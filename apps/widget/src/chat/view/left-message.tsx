import type { ContentOf } from '@qiao/protocol/content'
import { say } from '../words/words.ts'
import { wayWords } from './answer-way.tsx'
import { FormResponse } from './brief-contents.tsx'
import { Words } from './markup.tsx'
import { Media } from './media.tsx'
import '../styles/leave.css'

/** A message that was left, as one: what it is about, the words, what was asked, the files, and where the answer goes. */
export function LeftMessage({ content }: { content: ContentOf<'left-message'> }) {
  const { topic, text, values, files, answerBy } = content
  return (
    <div class="left-message">
      {topic && <span class="topic">{topic.label}</span>}
      <Words text={text} markup="none" />
      {values.length > 0 && <FormResponse content={{ type: 'form-response', title: '', values }} />}
      {files.map(({ kind, ...attachment }) => (
        <Media key={attachment.id} kind={kind} attachment={attachment} />
      ))}
      {answerBy.way !== 'chat' && (
        <p class="answer-by" dir="auto">
          {say(wayWords[answerBy.way])} · <bdi>{answerBy.address}</bdi>
        </p>
      )}
    </div>
  )
}
