import { useRef, useState } from 'preact/hooks'
import { serviceNow } from '../begin.ts'
import { newId } from '../core/new-id.ts'
import { sayMessage } from '../say-message.ts'
import { config, drafts, setDraft, setPreChat, show } from '../store.ts'
import { say } from '../words/words.ts'
import { Consent, consentNow } from './consent.tsx'
import { type Answers, faultOf, Field, Fields, problems, toFirstWrong, toValues, Wrong } from './form-fields.tsx'
import { Hours } from './home.tsx'
import { LeaveForm } from './leave-form.tsx'

/** Before the first message, or in place of a chat when nobody is there. The doors may open or close meanwhile. */
export function StartForm() {
  const [answers, setAnswers] = useState<Answers>({})
  const [errors, setErrors] = useState<Record<string, string>>({})
  const [agreed, setAgreed] = useState(false)
  const [department, setDepartment] = useState('')
  const itself = useRef<HTMLFormElement>(null)
  const known = config.value
  if (!known) return null
  const service = serviceNow()
  if (service === 'closed' || service === 'paused' || service === 'sign-in') {
    return <div class="start-form">{service === 'sign-in' ? <p>{say('signIn')}</p> : <Hours of={known} />}</div>
  }
  if (service === 'form') return <LeaveForm conversationId={null} />
  const { preChat: form } = known.settings
  const fields = form.enabled ? form.fields : []
  const departments = form.enabled ? form.departments : []
  const text = drafts.value.get('start') ?? ''

  const submit = (event: Event): void => {
    event.preventDefault()
    const found = problems(fields, answers)
    if (text.trim() === '') found['text'] = say('required')
    if (consentNow() && !agreed) found['consent'] = say('consentNeeded')
    if (departments.length > 0 && department === '') found['department'] = say('required')
    setErrors(found)
    if (Object.keys(found).length > 0) return void toFirstWrong(itself.current)
    const values = toValues(fields, answers)
    setPreChat({ values, consent: agreed, ...(department ? { departmentTeamId: department } : {}) })
    const id = newId()
    show({ name: 'thread', id })
    setDraft('start', '')
    sayMessage(id, { type: 'text', text: text.trim() })
  }
  return (
    <form ref={itself} class="start-form form" noValidate onSubmit={submit}>
      <Hours of={known} />
      <Fields fields={fields} answers={answers} errors={errors} prefix="start" onChange={setAnswers} />
      {departments.length > 0 && (
        <div class="field">
          <label for="start-department">{say('department')} *</label>
          <select
            id="start-department"
            value={department}
            required
            {...faultOf('start-department', errors['department'])}
            onChange={(event) => setDepartment(event.currentTarget.value)}
          >
            <option value="">{say('choose')}</option>
            {departments.map(({ teamId, label }) => (
              <option key={teamId} value={teamId}>
                {label}
              </option>
            ))}
          </select>
          <Wrong id="start-department" error={errors['department']} />
        </div>
      )}
      <Field
        field={{ name: 'text', label: say('firstMessage'), type: 'textarea', required: true }}
        value={text}
        error={errors['text']}
        prefix="start"
        onChange={(value) => setDraft('start', String(value))}
      />
      <Consent agreed={agreed} error={errors['consent']} onChange={setAgreed} />
      <button class="primary">{say('start')}</button>
    </form>
  )
}
