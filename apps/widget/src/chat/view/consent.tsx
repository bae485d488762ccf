import { config } from '../store.ts'
import { faultOf, Wrong } from './form-fields.tsx'
import { Out } from './markup.tsx'

/** What an inbox asks people to agree to before they write anything. */
export function consentNow() {
  const form = config.value?.settings.preChat
  return form?.enabled ? form.consent : null
}

interface ConsentProps {
  agreed: boolean
  error: string | undefined
  onChange: (agreed: boolean) => void
}

export function Consent({ agreed, error, onChange }: ConsentProps) {
  const consent = consentNow()
  if (!consent) return null
  return (
    <div class="field">
      <label class="check">
        <input
          type="checkbox"
          checked={agreed}
          {...faultOf('consent', error)}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
        <span>
          {consent.text} <Out url={consent.url}>{consent.linkLabel}</Out>
        </span>
      </label>
      <Wrong id="consent" error={error} />
    </div>
  )
}
