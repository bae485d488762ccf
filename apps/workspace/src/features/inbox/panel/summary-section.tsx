import { type Contact, type OutputOf, blockContact, type readContact } from '@qiao/protocol'
import { useQueryClient } from '@tanstack/react-query'
import { App } from 'antd'
import { memo } from 'react'
import { call } from '../../../shared/api.ts'
import { Avatar } from '../../../shared/avatar.tsx'
import { contactQuery } from '../../../shared/contacts.ts'
import { explain } from '../../../shared/error-words.ts'
import { useWords } from '../../../shared/i18n.ts'
import { contactName } from '../../../shared/names.ts'
import { useCan } from '../../../shared/session.ts'
import { TextButton } from '../../../shared/text-button.tsx'
import { dateTime, exactTime } from '../../../shared/time.ts'
import { useStable } from '../../../shared/use-stable.ts'
import { inboxWords } from '../words.ts'
import { Fact, Field } from './field.tsx'
import { useContactChange } from './use-contact-change.ts'

type Identities = OutputOf<typeof readContact>['identities']

const orNull = (value: string): string | null => value || null

interface SummarySectionProps {
  contact: Contact
  identities: Identities
}

export const SummarySection = memo(function SummarySection({ contact, identities }: SummarySectionProps) {
  const t = useWords(inboxWords)
  const change = useContactChange(contact)
  const verified = identities.some((identity) => identity.verified)
  return (
    <>
      <div className="q-panel-who">
        <Avatar id={contact.id} name={contactName(contact)} url={contact.avatarUrl} size={40} />
        <div>
          <strong>{contactName(contact)}</strong>
          <span className="q-choice-note">
            {[verified ? t('panel.verified') : '', contact.blockedAt ? t('panel.blocked') : '']
              .filter(Boolean)
              .join(' · ')}
          </span>
        </div>
      </div>
      <dl key={contact.id} className="q-dl">
        <Field
          label={t('panel.name')}
          value={contact.name ?? ''}
          onSave={(name) => change.mutate({ name: orNull(name) })}
        />
        <Field
          label={t('panel.email')}
          type="email"
          value={contact.email ?? ''}
          onSave={(email) => change.mutate({ email: orNull(email) })}
        />
        <Field
          label={t('panel.phone')}
          type="tel"
          value={contact.phone ?? ''}
          onSave={(phone) => change.mutate({ phone: orNull(phone) })}
        />
        {contact.externalId ? <Fact label={t('panel.externalId')}>{contact.externalId}</Fact> : null}
        <Fact label={t('panel.since')}>
          <time title={exactTime(contact.createdAt)}>{dateTime(contact.createdAt)}</time>
        </Fact>
        {contact.lastSeenAt ? (
          <Fact label={t('panel.seen')}>
            <time title={exactTime(contact.lastSeenAt)}>{dateTime(contact.lastSeenAt)}</time>
          </Fact>
        ) : null}
      </dl>
      <BlockButton contact={contact} />
    </>
  )
})

function BlockButton({ contact }: { contact: Contact }) {
  const t = useWords(inboxWords)
  const client = useQueryClient()
  const { message, modal } = App.useApp()
  const may = useCan('contacts.block')
  const blocked = contact.blockedAt !== null
  const toggle = async (): Promise<void> => {
    try {
      const saved = await call(blockContact, { params: { id: contact.id }, body: { blocked: !blocked } })
      client.setQueryData(contactQuery(contact.id).queryKey, (held) => (held ? { ...held, contact: saved } : held))
    } catch (error) {
      void message.error(explain(error))
    }
  }
  const ask = useStable((): void => {
    if (blocked) void toggle()
    else
      void modal.confirm({
        title: t('panel.blockAsk'),
        okText: t('panel.block'),
        okButtonProps: { danger: true },
        onOk: toggle,
      })
  })
  return may ? (
    <TextButton danger={!blocked} words={blocked ? t('panel.unblock') : t('panel.block')} onClick={ask} />
  ) : null
}
