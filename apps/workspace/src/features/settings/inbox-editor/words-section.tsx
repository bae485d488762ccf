import type { InboxSettings, WidgetLocale } from '@qiao/protocol'
import { ChoiceField } from '../../../shared/choice-field.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { Section } from '../../../shared/page-frame.tsx'
import { TextField } from '../../../shared/text-field.tsx'
import { localeOptions } from './locale-names.ts'
import type { SectionProps } from './section-props.ts'
import { useProblemWords } from '../parts/use-problem-words.ts'
import { words } from './words.ts'
import { wordsWords } from './words-words.ts'

type Fields = NonNullable<InboxSettings['words'][WidgetLocale]>
const fields = [
  ['title', 60],
  ['greeting', 500],
  ['replyTime', 200],
  ['away', 500],
  ['closed', 500],
  ['messageLeft', 500],
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
      <ChoiceField
        label={t('defaultLocale')}
        hint={t('defaultLocaleHint')}
        value={settings.defaultLocale}
        onChange={(defaultLocale) => onSettings({ defaultLocale })}
        options={options}
      />
      <ChoiceField
        label={t('language')}
        hint={t('languageHint')}
        value={locale}
        onChange={onLocale}
        options={options.map(({ value, label }) => ({
          value,
          label: settings.words[value] ? t('custom', { language: label }) : label,
        }))}
      />
      {fields.map(([key, max]) => (
        <TextField
          key={key}
          label={t(key)}
          hint={t(`${key}Hint`)}
          error={problem(`words.${locale}.${key}`)}
          lang={locale}
          value={settings.words[locale]?.[key] ?? ''}
          maxLength={max}
          lines={{ first: max > 100 ? 2 : 1, most: 6 }}
          onChange={(text) => onSettings({ words: withWord(settings.words, locale, key, text) })}
        />
      ))}
    </Section>
  )
}
