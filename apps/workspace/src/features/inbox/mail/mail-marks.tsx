import { RollbackOutlined, SafetyOutlined, WarningOutlined } from '@ant-design/icons'
import type { ContentOf, MessageEntry } from '@qiao/protocol'
import { Button } from 'antd'
import { useWords } from '../../../shared/i18n.ts'
import { dateTime } from '../../../shared/time.ts'
import { useThreadContext } from '../thread/thread-context.tsx'
import { nameOf, written } from './people.ts'
import { warningsOf } from './warnings.ts'
import { mailWords } from './words.ts'

type Mail = ContentOf<'mail'>

/** Quiet when all is well; in words when the sender may be somebody else. */
export function TrustMark({ trust }: { trust: Mail['trust'] }) {
  const t = useWords(mailWords)
  if (!trust) return null
  const words = t(`trust.${trust}`)
  if (trust === 'verified') {
    return (
      <span className="q-mail-trust" title={words}>
        <SafetyOutlined aria-hidden />
        <span className="sr-only">{words}</span>
      </span>
    )
  }
  return null
}

/** What to know before believing it. */
export function MailMarks({ entry, mail }: { entry: MessageEntry; mail: Mail }) {
  const t = useWords(mailWords)
  const warnings = warningsOf(mail)
  return (
    <>
      {mail.trust === 'failed' || mail.trust === 'unverified' ? (
        <p className={`q-mail-note is-${mail.trust}`}>
          <WarningOutlined aria-hidden /> {t(`trust.${mail.trust}`)}
        </p>
      ) : null}
      {warnings.map(({ key, code }) => (
        <p key={code} className="q-mail-note is-unverified">
          <WarningOutlined aria-hidden /> {t(key, { code })}
        </p>
      ))}
      {mail.missedFiles?.map(({ name, why }, at) => (
        // oxlint-disable-next-line react/no-array-index-key -- names may be equal, and the list never changes
        <p key={at} className="q-mail-note is-unverified">
          <WarningOutlined aria-hidden /> {t(`missed.${why}`, { name })}
        </p>
      ))}
      {mail.forwarded ? <Forwarded entry={entry} mail={mail} forwarded={mail.forwarded} /> : null}
    </>
  )
}

interface ForwardedProps {
  entry: MessageEntry
  mail: Mail
  forwarded: NonNullable<Mail['forwarded']>
}

/** Who it was before it came to us: by their address, since a name alone can be anybody's. */
function Forwarded({ entry, mail, forwarded }: ForwardedProps) {
  const t = useWords(mailWords)
  const { conversationId, onMail } = useThreadContext()
  const { from, subject, date } = forwarded
  const parts = [
    mail.from ? t('forwarded.by', { name: nameOf(mail.from) }) : '',
    from ? t('forwarded.from', { name: written(from) }) : '',
    subject ?? '',
    date ? timeOf(date) : '',
  ]
  const answerable = from?.address.includes('@') && entry.conversationId === conversationId
  return (
    <p className="q-mail-note q-mail-forwarded">
      <span>{parts.filter(Boolean).join(' · ')}</span>
      {answerable ? (
        <Button size="small" icon={<RollbackOutlined />} onClick={() => onMail('reply-original', entry)}>
          {t('forwarded.reply')}
        </Button>
      ) : null}
    </p>
  )
}

/** In the reader's zone where it can be read; else as the mail has it. */
const timeOf = (at: string): string => (Number.isNaN(Date.parse(at)) ? at : dateTime(at))
