import type { TemplateFault, TemplateRules } from '@qiao/protocol'
import { Select } from 'antd'
import { FormField } from '../../../shared/form-field.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { languageNames, tagOf } from '../../../shared/templates/language.ts'
import { categoryWords, words as shownWords } from '../../../shared/templates/words.ts'
import { TextField } from '../../../shared/text-field.tsx'
import { ButtonsEditor } from './buttons-editor.tsx'
import { type Draft, namedBy } from './draft.ts'
import { useFaultWords } from './fault-words.ts'
import { HeaderFields } from './header-fields.tsx'
import { PlaceFields } from './place-fields.tsx'
import { TextWithPlaces } from './text-with-places.tsx'
import { words } from './words.ts'

interface BuilderFieldsProps {
  inboxId: string
  draft: Draft
  rules: TemplateRules
  faults: readonly TemplateFault[]
  onChange: (draft: Draft) => void
}

/** Only what the provider has. */
export function BuilderFields({ inboxId, draft, rules, faults, onChange }: BuilderFieldsProps) {
  const t = useWords(words)
  const s = useWords(shownWords)
  const fault = useFaultWords(faults)
  const languageName = languageNames()
  const lang = tagOf(draft.language)
  const change = (some: Partial<Draft>): void => onChange({ ...draft, ...some })
  const languages = rules.languages
    .map((code) => ({ value: code, label: `${languageName(code)} · ${code}` }))
    .toSorted((one, other) => one.label.localeCompare(other.label))
  return (
    <>
      <TextField
        label={t('name')}
        hint={t(rules.codes ? 'nameForPeople' : 'nameHint')}
        value={draft.name}
        maxLength={rules.name.most}
        placeholder={t(rules.codes ? 'nameExample' : 'nameExamplePlain')}
        error={fault('name')}
        onChange={(name) => change({ name: namedBy(rules, name) })}
      />
      <div className="st-template-pair">
        {languages.length > 0 ? (
          <FormField label={t('language')} error={fault('language')}>
            {({ id }) => (
              <Select
                id={id}
                showSearch={{ optionFilterProp: 'label' }}
                value={draft.language}
                options={languages}
                onChange={(language) => change({ language })}
              />
            )}
          </FormField>
        ) : null}
        <FormField label={t('category')} error={fault('category')}>
          {({ id }) => (
            <Select
              id={id}
              value={draft.category}
              options={rules.categories.map((value) => ({ value, label: categoryWords(value, s) }))}
              onChange={(category) => change({ category })}
            />
          )}
        </FormField>
      </div>
      <HeaderFields inboxId={inboxId} draft={draft} rules={rules} lang={lang} fault={fault} onChange={change} />
      <TextWithPlaces
        text={draft.text}
        lang={lang}
        rules={rules}
        category={draft.category}
        error={fault('text')}
        onChange={(text) => change({ text })}
      />
      <PlaceFields draft={draft} rules={rules} lang={lang} fault={fault} onChange={change} />
      {rules.footer === null ? null : (
        <TextField
          label={t('footer')}
          hint={t('optional')}
          lang={lang}
          value={draft.footer}
          maxLength={rules.footer}
          error={fault('footer')}
          onChange={(footer) => change({ footer })}
        />
      )}
      <ButtonsEditor
        buttons={draft.buttons}
        category={draft.category}
        rules={rules}
        lang={lang}
        fault={fault}
        onChange={(buttons) => change({ buttons })}
      />
      {rules.remark ? (
        <TextField
          label={t('remark')}
          hint={rules.remark.needed ? t('remarkHint') : t('optional')}
          lines={{ first: 2, most: 6 }}
          value={draft.remark}
          maxLength={rules.remark.most}
          error={fault('remark')}
          onChange={(remark) => change({ remark })}
        />
      ) : null}
    </>
  )
}
