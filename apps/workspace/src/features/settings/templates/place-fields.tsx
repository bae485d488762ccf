import { kindsFor, placesIn, type TemplateRules } from '@qiao/protocol'
import { ChoiceField } from '../../../shared/choice-field.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { TextField } from '../../../shared/text-field.tsx'
import { worded } from '../../../shared/worded.ts'
import { type Draft, kindOf } from './draft.ts'
import type { FaultOf } from './fault-words.ts'
import { words } from './words.ts'

interface PlaceFieldsProps {
  draft: Draft
  rules: TemplateRules
  lang: string
  fault: FaultOf
  onChange: (some: Partial<Draft>) => void
}

/** What each place holds, in the order of the text. */
export function PlaceFields({ draft, rules, lang, fault, onChange }: PlaceFieldsProps) {
  const t = useWords(words)
  const { text, examples, kinds, category } = draft
  const places = placesIn(text)
  const possible = kindsFor(rules, category)
  if (places.length === 0) return null
  return (
    <fieldset className="st-template-group">
      <legend>{t('examples')}</legend>
      <p className="q-field-hint">{t('examplesHint')}</p>
      {places.map((name, at) => (
        <div key={name} className="st-template-pair">
          <TextField
            label={t('example', { place: `{{${name}}}` })}
            lang={lang}
            value={examples[name] ?? ''}
            maxLength={200}
            error={fault('parameters', at)}
            onChange={(value) => onChange({ examples: { ...examples, [name]: value } })}
          />
          {rules.kinds ? (
            <ChoiceField
              label={t('holds', { place: `{{${name}}}` })}
              value={kindOf(draft, rules, name)}
              options={possible.map((one) => ({ value: one.kind, label: worded(one.words) }))}
              onChange={(kind) => onChange({ kinds: { ...kinds, [name]: kind } })}
            />
          ) : null}
        </div>
      ))}
    </fieldset>
  )
}
