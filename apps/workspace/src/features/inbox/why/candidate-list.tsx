import { useWords } from '../../../shared/i18n.ts'
import { joined } from '../../../shared/names.ts'
import { useStaffNames } from '../../../shared/staff.ts'
import { sharedWords } from '../../../shared/words.ts'
import { workWords } from '../work-words.ts'
import { type Candidate, sortCandidates } from './history.ts'

/** Who could take it and, for all others, why not. */
export function CandidateList({ candidates }: { candidates: readonly Candidate[] }) {
  const t = useWords(workWords)
  const shared = useWords(sharedWords)
  const { agents } = useStaffNames()
  const nameOf = (id: string): string => agents.get(id)?.name ?? shared('unknownAgent')
  const { able, excluded } = sortCandidates(candidates)
  return (
    <dl className="q-candidates">
      <div className={able.length > 0 ? 'is-able' : 'is-nobody'}>
        <dt>{able.length > 0 ? t('why.canTake', { count: able.length }) : t('why.nobody')}</dt>
        <dd>{joined(able.map(({ agentId }) => nameOf(agentId)))}</dd>
      </div>
      {excluded.map(({ why, agentIds }) => (
        <div key={why}>
          <dt>
            {t(`excluded.${why}`)} <span>{agentIds.length}</span>
          </dt>
          <dd>{joined(agentIds.map(nameOf))}</dd>
        </div>
      ))}
    </dl>
  )
}
