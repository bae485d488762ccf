import type { AnswerBy, AnswerWay } from '@qiao/protocol/left-message'
import { phoneOf } from '../core/phone.ts'
import { config } from '../store.ts'
import type { Words } from '../words/en.ts'
import { say } from '../words/words.ts'
import { Field } from './form-fields.tsx'

export const wayWords: Record<AnswerWay, keyof Words> = { chat: 'answerChat', mail: 'answerMail', sms: 'answerSms' }

/** In the chat always; elsewhere where the inbox has something that writes there. */
export function waysNow(): AnswerWay[] {
  const from = config.value?.settings.offline.answersFrom
  return ['chat', ...(from?.mailInboxId ? (['mail'] as const) : []), ...(from?.smsInboxId ? (['sms'] as const) : [])]
}

/** As the server takes it, or what is wrong with the address. */
export function answerByOf(way: AnswerWay, address: string): AnswerBy | { wrong: string } {
  if (way === 'chat') return { way }
  const typed = address.trim()
  if (typed === '') return { wrong: say('required') }
  if (way === 'sms') {
    const phone = phoneOf(typed)
    return phone ? { way, address: phone } : { wrong: say('badPhone') }
  }
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(typed) ? { way, address: typed } : { wrong: say('badEmail') }
}

interface AnswerWayProps {
  way: AnswerWay
  address: string
  error: string | undefined
  onWay: (way: AnswerWay) => void
  onAddress: (address: string) => void
}

/** Nothing is asked where there is nothing to choose. */
export function AnswerWayField({ way, address, error, onWay, onAddress }: AnswerWayProps) {
  const ways = waysNow()
  if (ways.length < 2) return null
  const mail = way === 'mail'
  return (
    <>
      <fieldset class="field ways">
        <legend>{say('answerHow')}</legend>
        {ways.map((each) => (
          <label key={each} class="check">
            <input type="radio" name="answer-way" value={each} checked={each === way} onChange={() => onWay(each)} />
            <span>{say(wayWords[each])}</span>
          </label>
        ))}
      </fieldset>
      {way !== 'chat' && (
        <Field
          key={way}
          field={{
            name: mail ? 'email' : 'phone',
            label: say(mail ? 'mailTo' : 'phone'),
            type: mail ? 'email' : 'phone',
            required: true,
          }}
          value={address}
          error={error}
          prefix="answer"
          onChange={(value) => onAddress(String(value))}
        />
      )}
    </>
  )
}
