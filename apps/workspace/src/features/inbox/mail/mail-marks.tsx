import { SafetyOutlined, WarningOutlined } from '@ant-design/icons'
import type { ContentOf } from '@qiao/protocol'
import { useWords } from '../../../shared/i18n.ts'
import { dateTime } from '../../../shared/time.ts'
import { nameOf } from './people.ts'
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
export function MailMarks({ mail }: { mail: Mail }) {
  const t = useWords(mailWords)
  const warnings = warningsOf(mail.warnings)
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
      {mail.forwarded ? <Forwarded forwarded={mail.forwarded} by={mail.from ? nameOf(mail.from) : ''} /> : null}
    </>
  )
}

function Forwarded({ forwarded, by }: { forwarded: NonNullable<Mail['forwarded']>; by: string }) {
  const t = useWords(mailWords)
  const { from, subject, date } = forwarded
  const parts = [
    by ? t('forwarded.by', { name: by }) : '',
    from ? t('forwarded.from', { name: nameOf(from) }) : '',
    subject ?? '',
    date ? timeOf(date) : '',
  ]
  return <p className="q-mail-note">{parts.filter(Boolean).join(' · ')}</p>
}

/** In the reader's zone where it can be read; else as the mail has it. */
const timeOf = (at: string): string => (Number.isNaN(Date.parse(at)) ? at : dateTime(at))
