import {
  type Acknowledgement,
  acknowledgementText,
  type InboxSettings,
  localeCode,
  type ToFillIn,
} from '@qiao/protocol'
import { Button, Input } from 'antd'
import { useId, useState } from 'react'
import { currentLanguage, useWords } from '../../../shared/i18n.ts'
import { useOrganisation } from '../../../shared/session.ts'
import { TextField } from '../../../shared/text-field.tsx'
import { RemoveButton } from '../parts/row-buttons.tsx'
import { useProblemWords } from '../parts/use-problem-words.ts'
import { languageName, mostAcknowledgements, newAcknowledgement } from './acknowledgement-drafts.ts'
import { acknowledgementsWords } from './acknowledgements-words.ts'
import type { SectionProps } from './section-props.ts'

/** A number as conversations have them. */
const sampleNumber = 1024

type Props = Pick<SectionProps, 'draft' | 'problems' | 'readOnly' | 'onSettings'> & {
  /** Languages that have a field of their own beside these. */
  withField?: readonly string[]
  /** How the text for a customer of a language is found. */
  textFor?: (settings: InboxSettings, language: string, values: ToFillIn) => string
}

/** The company's own words for “it has arrived” in any language, and what a customer of one would read. */
export function AcknowledgementsEditor({
  draft,
  problems,
  readOnly,
  onSettings,
  withField,
  textFor = acknowledgementText,
}: Props) {
  const t = useWords(acknowledgementsWords)
  const problem = useProblemWords(problems)
  const { acknowledgements } = draft.settings
  const put = (all: Acknowledgement[]): void => onSettings({ acknowledgements: all })
  return (
    <>
      {acknowledgements.map((one, index) => {
        const path = `acknowledgements.${index}`
        const change = (part: Partial<Acknowledgement>): void => put(acknowledgements.with(index, { ...one, ...part }))
        const name = languageName(one.language, currentLanguage()) ?? one.language
        return (
          <fieldset key={index} className="st-form-field">
            <legend>{name || t('unnamed', { n: index + 1 })}</legend>
            <TextField
              label={t('language')}
              hint={t('languageHint')}
              error={problem(`${path}.language`)}
              value={one.language}
              maxLength={16}
              onChange={(language) => change({ language: language.trim() })}
            />
            <TextField
              label={t('text', { language: name })}
              hint={t('textHint')}
              error={problem(`${path}.text`)}
              lang={one.language}
              value={one.text}
              maxLength={2000}
              lines={{ first: 3, most: 8 }}
              onChange={(text) => change({ text })}
            />
            <TextField
              label={t('expected', { language: name })}
              hint={t('expectedHint')}
              error={problem(`${path}.expected`)}
              lang={one.language}
              value={one.expected}
              maxLength={200}
              onChange={(expected) => change({ expected })}
            />
            {readOnly ? null : (
              <RemoveButton
                label={t('remove', { language: name })}
                onClick={() => put(acknowledgements.toSpliced(index, 1))}
              />
            )}
          </fieldset>
        )
      })}
      {problem('acknowledgements') ? <p className="q-field-error">{t('twice')}</p> : null}
      {readOnly ? null : (
        <Button
          size="small"
          disabled={acknowledgements.length >= mostAcknowledgements}
          onClick={() => put([...acknowledgements, newAcknowledgement(acknowledgements, withField)])}
        >
          {t('add')}
        </Button>
      )}
      <AcknowledgementPreview settings={draft.settings} textFor={textFor} />
    </>
  )
}

interface PreviewProps {
  settings: InboxSettings
  textFor: NonNullable<Props['textFor']>
}

function AcknowledgementPreview({ settings, textFor }: PreviewProps) {
  const t = useWords(acknowledgementsWords)
  const id = useId()
  const { name: company } = useOrganisation()
  const [language, setLanguage] = useState<string>(settings.defaultLocale)
  const isTag = localeCode.safeParse(language).success
  const text = isTag ? textFor(settings, language, { number: sampleNumber, company }) : t('noTag')
  return (
    <div className="st-form-field">
      <label className="q-field-label" htmlFor={id}>
        {t('preview')}
      </label>
      <Input
        id={id}
        value={language}
        maxLength={16}
        style={{ width: 140 }}
        onChange={(event) => setLanguage(event.target.value.trim())}
      />
      <p className="q-field-hint">{t('fallback')}</p>
      <output htmlFor={id} lang={isTag ? language : undefined} dir="auto">
        {text}
      </output>
    </div>
  )
}
