import type { OverflowAction } from '@qiao/protocol'
import { useWords } from '../../../shared/i18n.ts'
import { joined, namesOf } from '../../../shared/names.ts'
import { useStaffNames } from '../../../shared/staff.ts'
import { duration } from '../../../shared/time.ts'
import { careWords } from './care-words.ts'
import { type ChainLink, chainOf } from './chain.ts'
import type { Draft } from './draft.ts'
import { ruleWords } from './rule-words.ts'

/** The settings as one story, so that a gap in them is seen. */
export function ChainView({ draft }: { draft: Draft }) {
  const t = useWords(careWords)
  const r = useWords(ruleWords)
  const { teams, agents, queues } = useStaffNames()
  const { groups } = draft.settings
  const action = (done: OverflowAction): string =>
    done.to === 'queue' ? t('chain.toQueue', { queue: queues.get(done.queueId)?.name ?? '' }) : t(`to.${done.to}`)
  const groupName = (index: number): string => {
    const group = groups[index]
    const names = group ? [namesOf(group.teamIds, teams), namesOf(group.agentIds, agents)].filter(Boolean) : []
    return joined(names) || r('group', { n: index + 1 })
  }
  const text = (link: ChainLink): string => {
    switch (link.kind) {
      case 'closed':
      case 'long':
        return t(`chain.${link.kind}`, { action: action(link.action) })
      case 'full':
        return t('chain.full', { count: link.count ?? 0, action: action(link.action) })
      case 'group':
        return t('chain.group', { group: groupName(link.index) })
      case 'step':
        return t('chain.step', { n: link.index + 1 })
      case 'alternatives': {
        const what = [...(link.message ? [t('offerMessage')] : []), ...(link.callback ? [t('offerCallback')] : [])]
        return t('chain.alternatives', { what: joined(what) })
      }
      case 'in':
      case 'forever':
        return t(`chain.${link.kind}`)
      default:
        return link satisfies never
    }
  }
  return (
    <section className="st-chain" aria-label={t('chain')}>
      <h3>{t('chain')}</h3>
      <ol>
        {chainOf(draft.settings, draft.calendarId !== null).map((link, index) => (
          <li key={index} className={`is-${link.kind}`}>
            <span className="st-chain-at">{link.at === null ? '' : duration(link.at * 1000)}</span>
            <span>{text(link)}</span>
          </li>
        ))}
      </ol>
    </section>
  )
}
