import type { VisitorConversation } from '@qiao/protocol/visitor-view'
import { useState } from 'preact/hooks'
import { newId } from '../core/new-id.ts'
import { applyFrame } from '../core/apply-frame.ts'
import { services } from '../services.ts'
import { tell, state } from '../store.ts'
import { refusalWords } from '../words/refusals.ts'
import { say } from '../words/words.ts'
import { Icon } from './icon.tsx'

const faces = ['😡', '🙁', '😐', '🙂', '😍']
const thumbs: { score: number; sign: string; word: 'bad' | 'good' }[] = [
  { score: 5, sign: '👍', word: 'good' },
  { score: 1, sign: '👎', word: 'bad' },
]

type Survey = NonNullable<VisitorConversation['survey']>

async function answer(conversationId: string, survey: Survey, score: number, comment?: string): Promise<boolean> {
  try {
    const body = { clientKey: newId(), surveyId: survey.id, score, ...(comment ? { comment } : {}) }
    const { entries } = await services().api.answerSurvey(conversationId, body)
    state.value = applyFrame(state.value, { type: 'entries', conversationId, entries }, Date.now())
    return true
  } catch (error) {
    tell(refusalWords(error))
    return false
  }
}

function Scale({ survey, onScore }: { survey: Survey; onScore: (score: number) => void }) {
  const { scale, score } = survey
  const press = (value: number, label: string, sign: string | null) => (
    <button
      key={value}
      type="button"
      aria-label={label}
      aria-pressed={score === value}
      class={sign === null && score !== null && value <= score ? 'lit' : ''}
      onClick={() => onScore(value)}
    >
      {sign ?? <Icon name="star" filled={score !== null && value <= score} />}
    </button>
  )
  return (
    <fieldset class="scale" aria-label={say('surveyQuestion')}>
      {scale === 'thumbs'
        ? thumbs.map(({ score: value, sign, word }) => press(value, say(word), sign))
        : [1, 2, 3, 4, 5].map((value) =>
            press(value, say('score', { n: value }), scale === 'faces' ? (faces[value - 1] ?? null) : null),
          )}
    </fieldset>
  )
}

/** One tap rates; words are optional and come after. */
export function SurveyCard({ conversationId, survey }: { conversationId: string; survey: Survey }) {
  const [comment, setComment] = useState('')
  const [commented, setCommented] = useState(false)
  const { score } = survey
  const submit = (event: Event): void => {
    event.preventDefault()
    if (score === null) return
    void answer(conversationId, survey, score, comment.trim()).then(setCommented)
  }
  return (
    <li class="survey">
      <p>{say('surveyQuestion')}</p>
      <Scale survey={survey} onScore={(value) => void answer(conversationId, survey, value, comment.trim())} />
      {score !== null && <output>{say('thanks')}</output>}
      {score !== null && !commented && (
        <form onSubmit={submit}>
          <textarea
            rows={2}
            maxLength={4000}
            aria-label={say('comment')}
            placeholder={say('comment')}
            value={comment}
            onInput={(event) => setComment(event.currentTarget.value)}
          />
          <button class="primary" disabled={comment.trim() === ''}>
            {say('send')}
          </button>
        </form>
      )}
    </li>
  )
}
