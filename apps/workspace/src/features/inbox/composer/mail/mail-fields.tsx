import { EditOutlined } from '@ant-design/icons'
import type { MailDraft } from '@qiao/protocol'
import { type Ref, useState } from 'react'
import { useWords } from '../../../../shared/i18n.ts'
import { AddressField } from './address-field.tsx'
import { mailerWords } from './words.ts'

interface MailFieldsProps {
  mail: MailDraft
  onChange: (part: Partial<MailDraft>) => void
  to: Ref<HTMLInputElement>
}

/** Whom it goes to and what it is called. What answers need rarely is shown when asked for. */
export function MailFields({ mail, onChange, to }: MailFieldsProps) {
  const t = useWords(mailerWords)
  const [cc, setCc] = useState(false)
  const [bcc, setBcc] = useState(false)
  const [editing, setEditing] = useState(false)
  const answers = mail.kind === 'reply' || mail.kind === 'reply-all'
  const ccShown = cc || mail.cc.length > 0
  const bccShown = bcc || mail.bcc.length > 0
  return (
    <div className="q-mailer-fields">
      <AddressField label={t('field.to')} people={mail.to} onChange={(people) => onChange({ to: people })} field={to}>
        {ccShown && bccShown ? null : (
          <span className="q-mailer-more">
            {ccShown ? null : (
              <button type="button" onClick={() => setCc(true)}>
                {t('field.showCc')}
              </button>
            )}
            {bccShown ? null : (
              <button type="button" onClick={() => setBcc(true)}>
                {t('field.showBcc')}
              </button>
            )}
          </span>
        )}
      </AddressField>
      {ccShown ? (
        <AddressField label={t('field.cc')} people={mail.cc} onChange={(people) => onChange({ cc: people })} />
      ) : null}
      {bccShown ? (
        <AddressField label={t('field.bcc')} people={mail.bcc} onChange={(people) => onChange({ bcc: people })} />
      ) : null}
      <div className="q-mailer-field">
        <span className="q-mailer-label" aria-hidden>
          {t('field.subject')}
        </span>
        {answers && !editing ? (
          <button
            type="button"
            className="q-mailer-subject"
            title={t('field.subjectEdit')}
            onClick={() => setEditing(true)}
          >
            <span>{mail.subject}</span> <EditOutlined aria-hidden />
            <span className="sr-only">{t('field.subjectEdit')}</span>
          </button>
        ) : (
          <input
            className="q-mailer-input"
            aria-label={t('field.subject')}
            // oxlint-disable-next-line jsx-a11y/no-autofocus -- it was asked for by a press just now
            autoFocus={editing}
            maxLength={998}
            dir="auto"
            value={mail.subject}
            onChange={(event) => onChange({ subject: event.target.value })}
          />
        )}
      </div>
    </div>
  )
}
