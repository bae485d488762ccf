import type { InboxSettings, WidgetLocale } from '@qiao/protocol'
import { Input, Select } from 'antd'
import { FormField } from '../../../shared/form-field.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { Section } from '../../../shared/page-frame.tsx'
import { localeOptions } from './locale-names.ts'
import type { SectionProps } from './section-props.ts'
import { useProblemWords } from './use-problem-words.ts'
import { words } from './words.ts'
import { wordsWords } from './words-words.ts'

type Fields = NonNullable<InboxSettings['words'][WidgetLocale]>
const fields = [
  ['title', 60],
  ['greeting', 500],
  ['replyTime', 200],
  ['away', 500],
  ['closed', 500],
  ['silenceWarning', 500],
  ['surveyQuestion', 200],
] as const satisfies [keyof Fields, number][]

/** Without words of its own a language leaves the document, so that built-in words apply again. */
function withWord(all: InboxSettings['words'], locale: WidgetLocale, key: keyof Fields, text: string) {
  const { [key]: _, ...rest } = all[locale] ?? {}
  const own: Fields = text === '' ? rest : { ...rest, [key]: text }
  const { [locale]: __, ...others } = all
  return Object.keys(own).length > 0 ? { ...others, [locale]: own } : others
}

interface Props extends SectionProps {
  locale: WidgetLocale
  onLocale: (locale: WidgetLocale) => void
}

export function WordsSection({ draft, problems, onSettings, locale, onLocale }: Props) {
  const e = useWords(words)
  const t = useWords(wordsWords)
  const problem = useProblemWords(problems)
  const { settings } = draft
  const options = localeOptions()
  return (
    <Section title={e('section.words')}>
      <FormField label={t('defaultLocale')} hint={t('defaultLocaleHint')}>
        {({ id }) => (
          <Select
            id={id}
            value={settings.defaultLocale}
            onChange={(defaultLocale) => onSettings({ defaultLocale })}
            options={options}
          />
        )}
      </FormField>
      <FormField label={t('language')} hint={t('languageHint')}>
        {({ id }) => (
          <Select
            id={id}
            value={locale}
            onChange={onLocale}
            options={options.map(({ value, label }) => ({
              value,
              label: settings.words[value] ? t('custom', { language: label }) : label,
            }))}
          />
        )}
      </FormField>
      {fields.map(([key, max]) => (
        <FormField key={key} label={t(key)} hint={t(`${key}Hint`)} error={problem(`words.${locale}.${key}`)}>
          {(control) => (
            <Input.TextArea
              {...control}
              lang={locale}
              dir={locale === 'ar' ? 'rtl' : 'auto'}
              value={settings.words[locale]?.[key] ?? ''}
              maxLength={max}
              autoSize={{ minRows: max > 100 ? 2 : 1, maxRows: 6 }}
              onChange={(event) => onSettings({ words: withWord(settings.words, locale, key, event.target.value) })}
            />
          )}
        </FormField>
      ))}
    </Section>
  )
}
