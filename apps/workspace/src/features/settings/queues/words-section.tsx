import type { QueueWords, WidgetLocale } from '@qiao/protocol'
import { Checkbox } from 'antd'
import { useState } from 'react'
import { ChoiceField } from '../../../shared/choice-field.tsx'
import { currentLanguage, useWords } from '../../../shared/i18n.ts'
import { Section } from '../../../shared/page-frame.tsx'
import { TextField } from '../../../shared/text-field.tsx'
import { localeOptions } from '../inbox-editor/locale-names.ts'
import { DurationField } from '../parts/duration-field.tsx'
import { useProblemWords } from '../parts/use-problem-words.ts'
import { AnnouncementPreview } from './announcement-preview.tsx'
import { AnnouncementsSection } from './announcements-section.tsx'
import { careWords } from './care-words.ts'
import type { SectionProps } from './section-props.ts'
import { words } from './words.ts'

const wordKeys = ['queued', 'moved', 'connecting', 'next', 'taken', 'long', 'full', 'closed'] as const

/** Without words of its own a language leaves the document, so that built-in words apply again. */
function withWord(
  all: SectionProps['draft']['settings']['words'],
  locale: WidgetLocale,
  key: keyof QueueWords,
  text: string,
) {
  const { [key]: _, ...rest } = all[locale] ?? {}
  const own: QueueWords = text === '' ? rest : { ...rest, [key]: text }
  const { [locale]: __, ...others } = all
  return Object.keys(own).length > 0 ? { ...others, [locale]: own } : others
}

export function WordsSection(props: SectionProps) {
  const { draft, problems, onSettings } = props
  const e = useWords(words)
  const t = useWords(careWords)
  const problem = useProblemWords(problems)
  const [locale, setLocale] = useState<WidgetLocale>(currentLanguage())
  const { alternatives, words: texts } = draft.settings
  const own = texts[locale] ?? {}
  const set = (part: Partial<typeof alternatives>): void => onSettings({ alternatives: { ...alternatives, ...part } })
  return (
    <div className="st-beside">
      <div>
        <Section title={e('section.words')} hint={t('textsHint')}>
          <ChoiceField
            label={t('editing')}
            value={locale}
            onChange={setLocale}
            options={localeOptions().map(({ value, label }) => ({
              value,
              label: texts[value] ? t('custom', { language: label }) : label,
            }))}
          />
          {wordKeys.map((key) => (
            <TextField
              key={key}
              label={t(`text.${key}`)}
              hint={t(`text.${key}Hint`)}
              error={problem(`words.${locale}.${key}`)}
              lang={locale}
              value={own[key] ?? ''}
              maxLength={500}
              lines={{ first: 1, most: 4 }}
              onChange={(text) => onSettings({ words: withWord(texts, locale, key, text) })}
            />
          ))}
        </Section>
        <Section title={t('alternatives')} hint={t('alternativesHint')}>
          <DurationField
            label={t('after')}
            error={problem('alternatives.afterSeconds')}
            value={alternatives.afterSeconds}
            max={86_400}
            onChange={(afterSeconds) => set({ afterSeconds })}
          />
          <div className="st-checks">
            <Checkbox checked={alternatives.message} onChange={(event) => set({ message: event.target.checked })}>
              {t('offerMessage')}
            </Checkbox>
            <Checkbox checked={alternatives.callback} onChange={(event) => set({ callback: event.target.checked })}>
              {t('offerCallback')}
            </Checkbox>
          </div>
        </Section>
        <AnnouncementsSection {...props} />
      </div>
      <AnnouncementPreview words={own} locale={locale} />
    </div>
  )
}
