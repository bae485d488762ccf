import type { MailDraft, OutputOf, readMailStart } from '@qiao/protocol'
import { useState } from 'react'
import { useWords } from '../../../../shared/i18n.ts'
import { MailFrame } from '../../mail/mail-frame.tsx'
import { mailerWords } from './words.ts'

interface BelowWordsProps {
  mail: MailDraft
  start: Pick<OutputOf<typeof readMailStart>, 'signatureHtml' | 'quotedHtml' | 'quotedPictures'>
  onChange: (part: Partial<MailDraft>) => void
}

/** What the server adds below: the signature, and the mail that is answered or passed on, folded. */
export function BelowWords({ mail, start, onChange }: BelowWordsProps) {
  const t = useWords(mailerWords)
  const [open, setOpen] = useState(false)
  const { signatureHtml, quotedHtml } = start
  return (
    <>
      {signatureHtml ? (
        <div className={`q-mailer-below ${mail.signed ? '' : 'is-left-out'}`}>
          {mail.signed ? <MailFrame html={signatureHtml} title={t('sign.frame')} /> : null}
          <button type="button" className="q-mail-link" onClick={() => onChange({ signed: !mail.signed })}>
            {t(mail.signed ? 'sign.drop' : 'sign.put')}
          </button>
        </div>
      ) : null}
      {quotedHtml ? (
        <div className="q-mailer-below">
          {mail.quoted ? (
            <button type="button" className="q-mail-link" aria-expanded={open} onClick={() => setOpen(!open)}>
              {t(open ? 'quote.hide' : 'quote.show')}
            </button>
          ) : null}
          <button type="button" className="q-mail-link" onClick={() => onChange({ quoted: !mail.quoted })}>
            {t(mail.quoted ? 'quote.drop' : 'quote.put')}
          </button>
          {open && mail.quoted ? (
            <MailFrame html={quotedHtml} title={t('quote.frame')} pictures={start.quotedPictures} />
          ) : null}
        </div>
      ) : null}
    </>
  )
}
