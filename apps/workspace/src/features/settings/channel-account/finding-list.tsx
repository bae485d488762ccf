import type { OutputOf, checkChannelAccount } from '@qiao/protocol'
import { useWords } from '../../../shared/i18n.ts'
import { worded } from '../../../shared/worded.ts'
import { words as accountWords } from './words.ts'
import './channel-account.css'

/** What a check found, each in words. */
export function FindingList({ findings }: OutputOf<typeof checkChannelAccount>) {
  const t = useWords(accountWords)
  return (
    <ul ref={intoView} className="st-findings" aria-label={t('findings')}>
      {findings.map(({ ok, words }) => (
        <li key={words.en} className={`st-finding ${ok ? 'is-right' : 'is-wrong'}`}>
          <b>{ok ? t('right') : t('wrong')}</b>
          <span>{worded(words)}</span>
        </li>
      ))}
    </ul>
  )
}

/** The findings stand at the end of a long form. */
const intoView = (list: HTMLElement | null): void => list?.scrollIntoView({ block: 'nearest' })
