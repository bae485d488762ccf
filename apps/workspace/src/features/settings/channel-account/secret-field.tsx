import { Button, Input } from 'antd'
import { FormField as Labelled } from '../../../shared/form-field.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { worded } from '../../../shared/worded.ts'
import type { FormField } from './form-fields.ts'
import { words as accountWords } from './words.ts'

interface SecretFieldProps {
  field: Pick<FormField, 'title' | 'help' | 'required'>
  error: string | null
  isSet: boolean
  /** Undefined: nothing was typed; null: it is to be removed. */
  typed: string | null | undefined
  onChange: (typed: string | null | undefined) => void
}

/** Can be written and never be read: of one that is there it only says so. */
export function SecretField({ field, error, isSet, typed, onChange }: SecretFieldProps) {
  const t = useWords(accountWords)
  const title = worded(field.title)
  const hint = field.help ? worded(field.help) : undefined
  const label = field.required ? title : t('optional', { title })
  const stays = isSet && typed === undefined
  if (stays || typed === null) {
    return (
      <div className="q-field">
        <span className="q-field-label">{label}</span>
        <div className="st-secret">
          <span className={stays ? 'q-state-good' : 'q-state-warn'}>{stays ? t('isSet') : t('goes')}</span>
          {stays ? (
            <>
              <Button size="small" aria-label={t('replaceOf', { title })} onClick={() => onChange('')}>
                {t('replace')}
              </Button>
              {field.required ? null : (
                <Button
                  size="small"
                  type="text"
                  danger
                  aria-label={t('removeOf', { title })}
                  onClick={() => onChange(null)}
                >
                  {t('remove')}
                </Button>
              )}
            </>
          ) : (
            <Button size="small" aria-label={t('keepOf', { title })} onClick={() => onChange(undefined)}>
              {t('keep')}
            </Button>
          )}
        </div>
        {hint ? <span className="q-field-hint">{hint}</span> : null}
      </div>
    )
  }
  return (
    <Labelled label={label} hint={hint} error={error}>
      {(control) => (
        <div className="st-secret">
          <Input.Password
            {...control}
            value={typed ?? ''}
            // Not a password of the person: browsers neither fill it in nor offer to keep it.
            autoComplete="one-time-code"
            spellCheck={false}
            autoFocus={isSet}
            onChange={(event) => onChange(event.target.value === '' && !isSet ? undefined : event.target.value)}
          />
          {isSet ? (
            <Button aria-label={t('keepOf', { title })} onClick={() => onChange(undefined)}>
              {t('keep')}
            </Button>
          ) : null}
        </div>
      )}
    </Labelled>
  )
}
