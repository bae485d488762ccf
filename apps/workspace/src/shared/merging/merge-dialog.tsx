import { bothKnown, type Contact, conflictsOf, type PlannedField, planMerge, whoStays } from '@qiao/protocol'
import { useQuery } from '@tanstack/react-query'
import { Alert, Modal, Radio } from 'antd'
import { useState } from 'react'
import { Avatar } from '../avatar.tsx'
import { newClientKey } from '../client-key.ts'
import { contactQuery } from '../contacts.ts'
import { useWords } from '../i18n.ts'
import { contactName } from '../names.ts'
import { useCan } from '../session.ts'
import { dateTime } from '../time.ts'
import { fieldName, shownValue } from './field-words.ts'
import { IdentityList } from './identity-list.tsx'
import { useMerge } from './queries.ts'
import { mergingWords } from './words.ts'
import './merging.css'

interface MergeDialogProps {
  wanted: Contact
  other: Contact
  onClose: () => void
}

/** Both side by side, as the server will merge them: where they differ, a person chooses. */
export function MergeDialog({ wanted, other, onClose }: MergeDialogProps) {
  const t = useWords(mergingWords)
  const mayUndo = useCan('contacts.unmerge')
  const [take, setTake] = useState<readonly string[]>([])
  // One key for this dialog: pressing twice merges once.
  const [clientKey] = useState(newClientKey)
  const { into, from } = whoStays(wanted, other)
  const planned = planMerge(into, from, take).filter(({ field }) => field !== 'device')
  const conflicts = new Set(conflictsOf(planned).map(({ field }) => field))
  const impossible = bothKnown(into, from)
  const merge = useMerge(t('done'))
  const choose = (field: string, takes: boolean): void =>
    setTake((fields) => (takes ? [...fields, field] : fields.filter((each) => each !== field)))
  const run = (): void =>
    merge.mutate(
      { params: { id: into.id }, body: { clientKey, otherId: from.id, take: [...take] } },
      { onSuccess: onClose },
    )
  return (
    <Modal
      open
      centered
      width={720}
      title={t('title')}
      okText={t('confirm')}
      okButtonProps={{ disabled: impossible, loading: merge.isPending }}
      onOk={run}
      onCancel={onClose}
    >
      <p className="q-merging-note">{t(mayUndo ? 'intro' : 'introNoUndo')}</p>
      {impossible ? <Alert type="error" showIcon message={t('bothKnown')} /> : null}
      {into.id !== wanted.id ? (
        <Alert type="info" showIcon message={t('swapped', { name: contactName(into) })} />
      ) : null}
      <table className="q-merge-table">
        <thead>
          <tr>
            <th scope="col">{t('field')}</th>
            <Head contact={into} words={t('stays')} />
            <Head contact={from} words={t('goes')} />
          </tr>
        </thead>
        <tbody>
          {planned.map((row) => (
            <Row
              key={row.field}
              row={row}
              open={conflicts.has(row.field)}
              onTake={(takes) => choose(row.field, takes)}
            />
          ))}
          <tr>
            <th scope="row">{t('externalId')}</th>
            <td>{into.externalId ?? t('empty')}</td>
            <td>{from.externalId ?? t('empty')}</td>
          </tr>
          <tr>
            <th scope="row">{t('since')}</th>
            <td>{dateTime(into.createdAt)}</td>
            <td>{dateTime(from.createdAt)}</td>
          </tr>
          <tr>
            <th scope="row">{t('identities')}</th>
            <td>
              <Identities id={into.id} />
            </td>
            <td>
              <Identities id={from.id} />
            </td>
          </tr>
        </tbody>
      </table>
    </Modal>
  )
}

function Head({ contact, words }: { contact: Contact; words: string }) {
  const name = contactName(contact)
  return (
    <th scope="col">
      <span className="q-merge-head">
        <Avatar id={contact.id} name={name} url={contact.avatarUrl} size={28} />
        <span>
          {name}
          <span className="q-merging-note">{words}</span>
        </span>
      </span>
    </th>
  )
}

function Row({ row, open, onTake }: { row: PlannedField; open: boolean; onTake: (takes: boolean) => void }) {
  const t = useWords(mergingWords)
  const { field, into, from, taken } = row
  const name = fieldName(field, t)
  const cell = (value: unknown, takes: boolean) => {
    const text = shownValue(value) || t('empty')
    const wins = value !== null && taken === takes
    if (!open) return <span className={wins ? 'q-merge-wins' : 'q-merging-note'}>{text}</span>
    return (
      <Radio name={field} checked={wins} onChange={() => onTake(takes)} aria-label={`${name}: ${text}`}>
        {text}
      </Radio>
    )
  }
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{cell(into, false)}</td>
      <td>{cell(from, true)}</td>
    </tr>
  )
}

function Identities({ id }: { id: string }) {
  const { data } = useQuery(contactQuery(id))
  return data ? <IdentityList identities={data.identities} /> : null
}
