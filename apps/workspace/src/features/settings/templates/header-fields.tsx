import { placesIn, type TemplateRules } from '@qiao/protocol'
import { ChoiceField } from '../../../shared/choice-field.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { words as shownWords } from '../../../shared/templates/words.ts'
import { TextField } from '../../../shared/text-field.tsx'
import { type Draft, headerKey } from './draft.ts'
import type { FaultOf } from './fault-words.ts'
import { SampleField } from './sample-field.tsx'
import { words } from './words.ts'

interface HeaderFieldsProps {
  inboxId: string
  draft: Draft
  rules: TemplateRules
  lang: string
  fault: FaultOf
  onChange: (some: Partial<Draft>) => void
}

/** What stands above the text: words, or a file or place where the provider has that. */
export function HeaderFields({ inboxId, draft, rules, lang, fault, onChange }: HeaderFieldsProps) {
  const t = useWords(words)
  const s = useWords(shownWords)
  const { head, header, examples, sample } = draft
  const { heads = [] } = rules
  if (rules.header === null && heads.length === 0) return null
  const kinds = ['text', ...heads] as const
  return (
    <>
      {heads.length > 0 ? (
        <ChoiceField
          label={t('headerKind')}
          value={head}
          options={kinds.map((value) => ({ value, label: s(`head.${value}`) }))}
          onChange={(value) => onChange({ head: value, sample: null })}
        />
      ) : null}
      {head === 'text' && rules.header !== null ? (
        <>
          <TextField
            label={t('header')}
            hint={rules.headerPlaces ? t('headerPlaceHint', { place: '{{1}}' }) : t('optional')}
            lang={lang}
            value={header}
            maxLength={rules.header}
            error={fault('header')}
            onChange={(text) => onChange({ header: text })}
          />
          {rules.headerPlaces
            ? placesIn(header).map((name, at) => (
                <TextField
                  key={name}
                  label={t('headerExample', { place: `{{${name}}}` })}
                  lang={lang}
                  maxLength={200}
                  value={examples[headerKey(name)] ?? ''}
                  error={fault('headerParameters', at)}
                  onChange={(value) => onChange({ examples: { ...examples, [headerKey(name)]: value } })}
                />
              ))
            : null}
        </>
      ) : null}
      {head === 'location' ? <p className="q-field-hint">{t('locationHint')}</p> : null}
      {head === 'text' || head === 'location' ? null : (
        <SampleField
          key={head}
          inboxId={inboxId}
          head={head}
          sample={sample}
          error={fault('head', 'attachmentId')}
          onChange={(file) => onChange({ sample: file })}
        />
      )}
    </>
  )
}
