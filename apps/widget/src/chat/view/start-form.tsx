import { useState } from 'preact/hooks'
import { serviceNow } from '../begin.ts'
import { newId } from '../core/new-id.ts'
import { acceptBegun } from '../deliver.ts'
import { pageNow } from '../page.ts'
import { sayMessage } from '../say-message.ts'
import { services } from '../services.ts'
import { config, drafts, tell, setDraft, setPreChat, show } from '../store.ts'
import { refusalWords } from '../words/refusals.ts'
import { say } from '../words/words.ts'
import { type Answers, Field, Fields, problems, toValues } from './form-fields.tsx'
import { Hours } from './home.tsx'
import { Out } from './markup.tsx'

/** Before the first message, or in place of a chat when nobody is there. */
export function StartForm() {
  const [answers, setAnswers] = useState<Answers>({})
  const [errors, setErrors] = useState<Record<string, string>>({})
  const [agreed, setAgreed] = useState(false)
  const [department, setDepartment] = useState('')
  const [busy, setBusy] = useState(false)
  const known = config.value
  if (!known) return null
  const service = serviceNow()
  if (service === 'closed' || service === 'paused' || service === 'sign-in') {
    return <div class="start-form">{service === 'sign-in' ? <p>{say('signIn')}</p> : <Hours of={known} />}</div>
  }
  const { preChat: form, offline } = known.settings
  const leaving = service === 'form'
  const fields = leaving ? offline.fields : form.enabled ? form.fields : []
  const consent = form.enabled && form.consent ? form.consent : null
  const departments = !leaving && form.enabled ? form.departments : []
  const text = drafts.value.get('start') ?? ''

  const leave = async (): Promise<void> => {
    setBusy(true)
    try {
      await services().session.ensure()
      const body = { clientKey: newId(), values: toValues(fields, answers), text: text.trim(), page: pageNow() }
      const { conversationId } = acceptBegun(await services().api.leaveMessage(body))
      setDraft('start', '')
      tell(say('messageLeft'))
      show({ name: 'thread', id: conversationId })
    } catch (error) {
      tell(refusalWords(error))
    }
    setBusy(false)
  }
  const submit = (event: Event): void => {
    event.preventDefault()
    const found = problems(fields, answers)
    if (text.trim() === '') found['text'] = say('required')
    if (consent && !agreed) found['consent'] = say('consentNeeded')
    if (departments.length > 0 && department === '') found['department'] = say('required')
    setErrors(found)
    if (Object.keys(found).length > 0) return
    if (leaving) {
      void leave()
      return
    }
    const values = toValues(fields, answers)
    setPreChat({ values, consent: agreed, ...(department ? { departmentTeamId: department } : {}) })
    const id = newId()
    show({ name: 'thread', id })
    setDraft('start', '')
    sayMessage(id, { type: 'text', text: text.trim() })
  }
  return (
    <form class="start-form form" noValidate onSubmit={submit}>
      <Hours of={known} />
      <Fields fields={fields} answers={answers} errors={errors} prefix="start" onChange={setAnswers} />
      {departments.length > 0 && (
        <div class="field">
          <label for="start-department">{say('department')} *</label>
          <select
            id="start-department"
            value={department}
            onChange={(event) => setDepartment(event.currentTarget.value)}
          >
            <option value="">{say('choose')}</option>
            {departments.map(({ teamId, label }) => (
              <option key={teamId} value={teamId}>
                {label}
              </option>
            ))}
          </select>
          {errors['department'] && (
            <span class="wrong" role="alert">
              {errors['department']}
            </span>
          )}
        </div>
      )}
      <Field
        field={{ name: 'text', label: say('firstMessage'), type: 'textarea', required: true }}
        value={text}
        error={errors['text']}
        prefix="start"
        onChange={(value) => setDraft('start', String(value))}
      />
      {consent && (
        <div class="field">
          <label class="check">
            <input type="checkbox" checked={agreed} onChange={(event) => setAgreed(event.currentTarget.checked)} />
            <span>
              {consent.text} <Out url={consent.url}>{consent.linkLabel}</Out>
            </span>
          </label>
          {errors['consent'] && (
            <span class="wrong" role="alert">
              {errors['consent']}
            </span>
          )}
        </div>
      )}
      <button class="primary" disabled={busy}>
        {say(leaving ? 'leaveMessage' : 'start')}
      </button>
    </form>
  )
}
