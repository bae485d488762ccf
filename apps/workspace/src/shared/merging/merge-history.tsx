import { conflictsOf, type Contact, type ContactMerge, planMerge } from '@qiao/protocol'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { Avatar } from '../avatar.tsx'
import { useWords } from '../i18n.ts'
import { contactName } from '../names.ts'
import { useCan } from '../session.ts'
import { useStaffNames } from '../staff.ts'
import { dateTime, exactTime } from '../time.ts'
import { useConfirm } from '../use-confirm.ts'
import { fieldName, shownValue } from './field-words.ts'
import { mergesQuery, useUndoMerge } from './queries.ts'
import { mergingWords } from './words.ts'

/** Who was merged into this contact, what they said otherwise, and the way back. */
export function MergeHistory({ contact }: { contact: Contact }) {
  const t = useWords(mergingWords)
  const query = useInfiniteQuery(mergesQuery(contact.id))
  const merges = query.data?.pages.flatMap((page) => page.items) ?? []
  if (merges.length === 0) return null
  return (
    <section className="q-merging-part">
      <h4>{t('history')}</h4>
      <ul className="q-suggestions">
        {merges.map((merge) => (
          <Merge key={merge.id} contact={contact} merge={merge} />
        ))}
      </ul>
      {query.hasNextPage ? (
        <Button type="link" size="small" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('more')}
        </Button>
      ) : null}
    </section>
  )
}

function Merge({ contact, merge }: { contact: Contact; merge: ContactMerge }) {
  const t = useWords(mergingWords)
  const { agents } = useStaffNames()
  const mayUndo = useCan('contacts.unmerge')
  const confirm = useConfirm()
  const undo = useUndoMerge(t('undoDone'))
  const agentName = (id: string | null): string => agents.get(id ?? '')?.name ?? ''
  const { from, undoneAt } = merge
  const name = contactName(from)
  const ask = (): void =>
    confirm({
      title: t('undoAsk', { name }),
      text: t('undoText'),
      ok: t('undo'),
      run: () => undo.mutateAsync(merge.id),
    })
  return (
    <li>
      <div className="q-suggestion-who">
        <Avatar id={from.id} name={name} url={from.avatarUrl} size={28} />
        <div>
          <strong>{name}</strong>
          <span className="q-merging-note" title={exactTime(merge.at)}>
            {t(`cause.${merge.cause}`, { agent: agentName(merge.byAgentId) })} · {dateTime(merge.at)}
          </span>
          {undoneAt
            ? null
            : conflictsOf(planMerge(contact, from)).map(({ field, from: value }) => (
                <span key={field} className="q-merging-note">
                  {t('other', { field: fieldName(field, t), value: shownValue(value) })}
                </span>
              ))}
          {undoneAt ? (
            <span className="q-merging-note">
              {t('undone', { agent: agentName(merge.undoneBy), time: dateTime(undoneAt) })}
            </span>
          ) : null}
        </div>
      </div>
      {mayUndo && !undoneAt ? (
        <div className="q-merging-buttons">
          <Button size="small" aria-label={t('undoWho', { name })} loading={undo.isPending} onClick={ask}>
            {t('undo')}
          </Button>
        </div>
      ) : null}
    </li>
  )
}
