import type { HeldWork } from '@qiao/protocol'
import { useQuery } from '@tanstack/react-query'
import { itemQuery } from '../../../shared/conversations/queries.ts'
import { useWords } from '../../../shared/i18n.ts'
import { contactName } from '../../../shared/names.ts'
import { useHeldWork } from '../../../shared/routing/my-routing.ts'
import { workWords } from '../work-words.ts'
import { TimeLeft } from '../wrap-up/wrap-up-panel.tsx'

interface MyDeskProps {
  selectedId: string | undefined
  onOpen: (id: string) => void
}

/** Work in hand that no view lists: what is being wrapped up, and where colleagues want one. */
export function MyDesk({ selectedId, onOpen }: MyDeskProps) {
  const t = useWords(workWords)
  const work = useHeldWork().filter(
    ({ state, purpose }) => state === 'wrap-up' || (state === 'held' && purpose !== 'serve'),
  )
  if (work.length === 0) return null
  return (
    <ul className="q-desk" aria-label={t('desk.label')}>
      {work.map((each) => (
        <li key={each.itemId}>
          <DeskRow work={each} selected={each.conversationId === selectedId} onOpen={onOpen} />
        </li>
      ))}
    </ul>
  )
}

interface DeskRowProps {
  work: HeldWork
  selected: boolean
  onOpen: (id: string) => void
}

function DeskRow({ work, selected, onOpen }: DeskRowProps) {
  const t = useWords(workWords)
  const item = useQuery(itemQuery(work.conversationId)).data
  const wrapsUp = work.state === 'wrap-up'
  const kind = wrapsUp ? t('desk.wrapUp') : work.purpose === 'consult' ? t('desk.consult') : t('desk.join')
  return (
    <button
      type="button"
      className={`q-desk-row ${selected ? 'is-selected' : ''}`}
      aria-current={selected ? 'true' : undefined}
      onClick={() => onOpen(work.conversationId)}
    >
      <span className={`q-desk-kind is-${wrapsUp ? 'wrap-up' : work.purpose}`}>{kind}</span>
      <span className="q-row-name">{item ? contactName(item.contact) : ''}</span>
      {wrapsUp ? <TimeLeft work={work} /> : null}
    </button>
  )
}
