import type { ChannelCapabilities, ChannelInfo } from '@qiao/protocol'
import { currentLanguage, useWords } from '../../../shared/i18n.ts'
import { Section } from '../../../shared/page-frame.tsx'
import { GuideLink } from '../channels/guide-link.tsx'
import { type CanRow, contentRows, rulesOf, signRows } from './limit-rows.ts'
import { limitsWords } from './limits-words.ts'

const tones = { yes: 'q-state-good', no: 'q-quiet', 'as-text': 'q-state-warn' } as const

/** What the channel can and cannot, so that nobody finds out from a customer. */
export function LimitsSection({ info, can }: { info: ChannelInfo; can: ChannelCapabilities }) {
  const t = useWords(limitsWords)
  const rules = rulesOf(can, t)
  return (
    <>
      <Section
        title={t('contents')}
        hint={
          <>
            {t('contentsHint')} {t('guide')} <GuideLink info={info} />
          </>
        }
      >
        <CanTable rows={contentRows(can, t)} />
      </Section>
      <Section title={t('signs')}>
        <CanTable rows={signRows(can)} />
      </Section>
      <Section title={t('rules')}>
        <dl className="st-facts">
          {rules.map(({ name, words }) => (
            <Rule key={name} name={t(name)} words={words} />
          ))}
        </dl>
      </Section>
    </>
  )
}

function Rule({ name, words }: { name: string; words: string[] }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{inARow(words)}</dd>
    </>
  )
}

/** Several remarks as one line, as the language writes it. */
const inARow = (words: string[]): string => words.join(currentLanguage() === 'en' ? '; ' : '；')

function CanTable({ rows }: { rows: CanRow[] }) {
  const t = useWords(limitsWords)
  const mark = (can: CanRow['in']) =>
    can === null ? <span className="q-quiet">—</span> : <span className={tones[can]}>{t(can)}</span>
  return (
    <div className="q-table-scroll st-can">
      <table className="q-table">
        <thead>
          <tr>
            <th scope="col">{t('what')}</th>
            <th scope="col">{t('in')}</th>
            <th scope="col">{t('out')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.name}>
              <th scope="row">
                {t(row.name)}
                {row.notes.length > 0 ? <span className="st-said">{inARow(row.notes)}</span> : null}
              </th>
              <td className="st-can-mark">{mark(row.in)}</td>
              <td className="st-can-mark">{mark(row.out)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
