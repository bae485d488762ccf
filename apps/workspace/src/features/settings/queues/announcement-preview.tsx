import type { QueueWords, WidgetLocale } from '@qiao/protocol'
import { useWords } from '../../../shared/i18n.ts'
import { careWords } from './care-words.ts'

const keys = ['queued', 'moved', 'connecting', 'next', 'taken', 'long', 'full', 'closed'] as const

const samples = { position: '3', wait: '2–4', agent: '李娜', number: '1024' }
const filled = (text: string): string =>
  Object.entries(samples).reduce((said, [name, value]) => said.replaceAll(`{${name}}`, value), text)

/** The words with sample values filled in, as they stand in the chat. */
export function AnnouncementPreview({ words, locale }: { words: QueueWords; locale: WidgetLocale }) {
  const t = useWords(careWords)
  return (
    <section className="st-told" aria-label={t('preview')}>
      <h3>{t('preview')}</h3>
      <dl>
        {keys.map((key) => {
          const text = words[key]
          return (
            <div key={key}>
              <dt>{t(`text.${key}`)}</dt>
              {text ? (
                <dd lang={locale} dir={locale === 'ar' ? 'rtl' : 'auto'}>
                  {filled(text)}
                </dd>
              ) : (
                <dd className="is-built-in">{t('builtIn')}</dd>
              )}
            </div>
          )
        })}
      </dl>
    </section>
  )
}
