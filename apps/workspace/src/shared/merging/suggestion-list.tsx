import type { Contact, MergeSuggestion, SuggestionReason } from '@qiao/protocol'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { Avatar } from '../avatar.tsx'
import { useWords, type Translate } from '../i18n.ts'
import { contactName } from '../names.ts'
import { useCan } from '../session.ts'
import { MergeDialog } from './merge-dialog.tsx'
import { alikeQuery, useKeepApart } from './queries.ts'
import { type MergingKey, mergingWords } from './words.ts'

export const reasonWords = (reason: SuggestionReason, t: Translate<MergingKey>): string =>
  t(`reason.${reason.kind}`, { ...reason })

/** Who may be the same person, and why. Nothing happens until somebody says so. */
export function SuggestionList({ contact }: { contact: Contact }) {
  const t = useWords(mergingWords)
  const { data: suggestions = [] } = useQuery(alikeQuery(contact.id))
  if (suggestions.length === 0) return null
  return (
    <section className="q-merging-part">
      <h4>{t('suggestions')}</h4>
      <ul className="q-suggestions">
        {suggestions.map((suggestion) => (
          <Suggestion key={suggestion.contact.id} contact={contact} suggestion={suggestion} />
        ))}
      </ul>
    </section>
  )
}

function Suggestion({ contact, suggestion }: { contact: Contact; suggestion: MergeSuggestion }) {
  const t = useWords(mergingWords)
  const may = useCan('contacts.merge')
  const [open, setOpen] = useState(false)
  const apart = useKeepApart(t('keptApart'))
  const other = suggestion.contact
  const name = contactName(other)
  return (
    <li>
      <div className="q-suggestion-who">
        <Avatar id={other.id} name={name} url={other.avatarUrl} size={28} />
        <div>
          <strong>{name}</strong>
          {suggestion.reasons.map((reason) => (
            <span key={reason.kind} className="q-merging-note">
              {reasonWords(reason, t)}
            </span>
          ))}
          {suggestion.mergeable ? null : <span className="q-merging-note">{t('notWhole')}</span>}
        </div>
      </div>
      {may ? (
        <div className="q-merging-buttons">
          <Button
            size="small"
            disabled={!suggestion.mergeable}
            aria-label={t('mergeWho', { name })}
            onClick={() => setOpen(true)}
          >
            {t('merge')}
          </Button>
          <Button
            size="small"
            type="text"
            loading={apart.isPending}
            aria-label={t('apartWho', { name })}
            onClick={() => apart.mutate({ params: { id: contact.id }, body: { otherId: other.id } })}
          >
            {t('apart')}
          </Button>
        </div>
      ) : null}
      {open ? <MergeDialog wanted={contact} other={other} onClose={() => setOpen(false)} /> : null}
    </li>
  )
}
