import { type ContentOf, type MessageEntry, contentPreview } from '@qiao/protocol'
import { useQueryClient } from '@tanstack/react-query'
import { memo, useContext, useState } from 'react'
import { Avatar } from '../../../shared/avatar.tsx'
import { findItem } from '../../../shared/conversations/cache.ts'
import { useWords } from '../../../shared/i18n.ts'
import { exactTime, shortTime, useNow } from '../../../shared/time.ts'
import { useStore } from '../../../shared/store.ts'
import { deliveryWords } from '../delivery-words.ts'
import { AttachmentView } from '../content/attachment-view.tsx'
import { DeliveryLine } from '../thread/delivery-line.tsx'
import type { Delivery } from '../thread/rows.ts'
import { EntriesContext, personOf, useThreadContext } from '../thread/thread-context.tsx'
import { foldsStore, mailOrder, opensByItself, setOpen } from './folds.ts'
import { filesBelow } from './inline-pictures.ts'
import { InvitationCard } from './invitation-card.tsx'
import { MailActions } from './mail-actions.tsx'
import { MailBody } from './mail-body.tsx'
import { MailDetails } from './mail-details.tsx'
import { MailMarks, TrustMark } from './mail-marks.tsx'
import { nameOf, shortList } from './people.ts'
import { sameSubject } from './subjects.ts'
import { mailWords } from './words.ts'
import './mail.css'

interface MailRowProps {
  entry: MessageEntry
  mail: ContentOf<'mail'>
  delivery: Delivery | null
}

/** A letter in the thread, across its whole width: who to whom, what to know of it, the words, the files. */
export const MailRow = memo(function MailRow({ entry, mail, delivery }: MailRowProps) {
  const t = useWords(mailWords)
  const context = useThreadContext()
  const client = useQueryClient()
  const entries = useContext(EntriesContext)
  const opens = useStore(entries, (all) => {
    const order = mailOrder(all)
    return opensByItself(order.get(entry.id) ?? 0, order.size)
  })
  const chosen = useStore(foldsStore, (folds) => folds.get(entry.id))
  const open = chosen ?? opens
  const words = useWords(deliveryWords)
  const [details, setDetails] = useState(false)
  const outgoing = entry.kind === 'message.sent'
  const author = personOf(entry.author, context)
  const writer = !outgoing && mail.from ? nameOf(mail.from) : author.name
  const about = findItem(client, entry.conversationId)?.conversation.subject ?? ''
  const files = filesBelow(mail.attachments)
  return (
    <article
      className={`q-mail ${outgoing ? 'is-out' : 'is-in'} ${open ? 'is-open' : 'is-shut'}`}
      data-entry={entry.id}
      aria-label={writer}
    >
      <header className="q-mail-head">
        <Avatar id={author.id} name={writer} url={mail.from && !outgoing ? null : author.avatarUrl} size={28} />
        <div className="q-mail-who">
          <button type="button" className="q-mail-name" aria-expanded={open} onClick={() => setOpen([entry.id], !open)}>
            <strong>{writer}</strong>
            {mail.from && !outgoing && mail.from.name ? (
              <span className="q-mail-address"> {mail.from.address}</span>
            ) : null}
          </button>
          <TrustMark trust={mail.trust} />
          {'apart' in entry.body ? <span className="q-mail-badge">{words('apart')}</span> : null}
          {mail.automatic ? <span className="q-mail-badge">{t(`automatic.${mail.automatic}`)}</span> : null}
          {open ? (
            <Recipients mail={mail} shown={details} onShow={() => setDetails(!details)} />
          ) : (
            <span className="q-mail-preview">{previewOf(mail)}</span>
          )}
        </div>
        <Time at={entry.at} />
        {open ? <MailActions entry={entry} mail={mail} /> : null}
      </header>
      {open ? (
        <div className="q-mail-main">
          {details ? <MailDetails mail={mail} at={entry.at} /> : null}
          {sameSubject(mail.subject, about) ? null : <p className="q-mail-subject">{mail.subject || t('bar.none')}</p>}
          <MailMarks entry={entry} mail={mail} />
          {mail.invitation ? <InvitationCard entry={entry} invitation={mail.invitation} /> : null}
          <MailBody mail={mail} writer={writer} />
          {files.length > 0 ? (
            <ul className="q-mail-files" aria-label={t('files.label', { count: files.length })}>
              {files.map((file) => (
                <li key={file.id}>
                  <AttachmentView kind={file.kind} reference={file} onOpenImage={context.openImage} />
                </li>
              ))}
            </ul>
          ) : null}
        </div>
      ) : null}
      {delivery ? (
        <div className="q-mail-foot">
          <DeliveryLine entry={entry} delivery={delivery} />
        </div>
      ) : null}
    </article>
  )
})

const previewOf = (mail: ContentOf<'mail'>): string => contentPreview({ type: 'text', text: mail.text, markup: 'none' })

function Time({ at }: { at: string }) {
  const now = useNow()
  return (
    <time className="q-mail-time" dateTime={at} title={exactTime(at)}>
      {shortTime(at, now)}
    </time>
  )
}

interface RecipientsProps {
  mail: ContentOf<'mail'>
  shown: boolean
  onShow: () => void
}

function Recipients({ mail, shown, onShow }: RecipientsProps) {
  const t = useWords(mailWords)
  const { first, more } = shortList([...mail.to, ...mail.cc, ...mail.bcc])
  const words = first
    ? `${t('head.to', { name: first })}${more > 0 ? t('head.more', { count: more }) : ''}`
    : t('head.nobody')
  return (
    <button type="button" className="q-mail-to" aria-expanded={shown} title={t('head.details')} onClick={onShow}>
      {words} <span aria-hidden>{shown ? '▴' : '▾'}</span>
      <span className="sr-only">{t('head.details')}</span>
    </button>
  )
}
