import { type Contact, listContacts } from '@qiao/protocol'
import { useQuery } from '@tanstack/react-query'
import { Input, Modal } from 'antd'
import { useDeferredValue, useState } from 'react'
import { call } from '../api.ts'
import { Avatar } from '../avatar.tsx'
import { useWords } from '../i18n.ts'
import { contactName } from '../names.ts'
import { useCan } from '../session.ts'
import { TextButton } from '../text-button.tsx'
import { useStable } from '../use-stable.ts'
import { MergeDialog } from './merge-dialog.tsx'
import { mergingWords } from './words.ts'

/** Whom nothing suggests, but an agent knows. */
export function MergeWith({ contact }: { contact: Contact }) {
  const t = useWords(mergingWords)
  const may = useCan('contacts.merge')
  const [finding, setFinding] = useState(false)
  const [other, setOther] = useState<Contact | null>(null)
  const find = useStable(() => setFinding(true))
  if (!may) return null
  return (
    <>
      <TextButton words={t('mergeWith')} onClick={find} />
      {finding ? (
        <Finder
          contact={contact}
          onClose={() => setFinding(false)}
          onChoose={(chosen) => {
            setFinding(false)
            setOther(chosen)
          }}
        />
      ) : null}
      {other ? <MergeDialog wanted={contact} other={other} onClose={() => setOther(null)} /> : null}
    </>
  )
}

interface FinderProps {
  contact: Contact
  onClose: () => void
  onChoose: (contact: Contact) => void
}

function Finder({ contact, onClose, onChoose }: FinderProps) {
  const t = useWords(mergingWords)
  const [text, setText] = useState('')
  const search = useDeferredValue(text.trim())
  const { data } = useQuery({
    queryKey: ['contacts', 'find', search] as const,
    queryFn: ({ signal }) => call(listContacts, { query: { search, limit: 10 } }, { signal }),
    enabled: search !== '',
    placeholderData: (before) => before,
  })
  const found = search === '' ? [] : (data?.items ?? []).filter(({ id }) => id !== contact.id)
  return (
    <Modal open centered footer={null} width={480} title={t('mergeWith')} onCancel={onClose}>
      <Input
        autoFocus
        maxLength={100}
        placeholder={t('find')}
        aria-label={t('find')}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <ul className="q-found">
        {found.map((one) => (
          <li key={one.id}>
            <button type="button" onClick={() => onChoose(one)}>
              <Avatar id={one.id} name={contactName(one)} url={one.avatarUrl} size={28} />
              <span>
                {contactName(one)}
                <span className="q-merging-note">{[one.email, one.phone].filter(Boolean).join(' · ')}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
      {data && search !== '' && found.length === 0 ? <p className="q-merging-note">{t('foundNone')}</p> : null}
    </Modal>
  )
}
