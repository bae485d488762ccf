import type { ContentOf, Mailbox } from '@qiao/protocol'
import { useQuery } from '@tanstack/react-query'
import { useWords } from '../../../shared/i18n.ts'
import { exactTime } from '../../../shared/time.ts'
import { CheckResults } from './check-results.tsx'
import { mailBodyQuery, originalUrl } from './mail-queries.ts'
import { written } from './people.ts'
import { mailWords } from './words.ts'

/** Everything of its head, with addresses, and the mail as it came. */
export function MailDetails({ mail, at }: { mail: ContentOf<'mail'>; at: string }) {
  const t = useWords(mailWords)
  const { bodyId } = mail
  const { data } = useQuery({ ...mailBodyQuery(bodyId ?? ''), enabled: bodyId !== undefined })
  const rows: [string, readonly Mailbox[]][] = [
    [t('details.from'), mail.from ? [mail.from] : []],
    [t('details.to'), mail.to],
    [t('details.cc'), mail.cc],
    [t('details.bcc'), mail.bcc],
  ]
  return (
    <dl className="q-mail-details">
      {rows.map(([label, people]) =>
        people.length === 0 ? null : (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{people.map(written).join(', ')}</dd>
          </div>
        ),
      )}
      <div>
        <dt>{t('details.subject')}</dt>
        <dd>{mail.subject || t('bar.none')}</dd>
      </div>
      <div>
        <dt>{t('details.date')}</dt>
        <dd>{exactTime(at)}</dd>
      </div>
      {mail.trust ? (
        <div>
          <dt>{t('details.trust')}</dt>
          <dd>
            {t(`trust.${mail.trust}`)}
            <CheckResults checks={mail.checks} />
          </dd>
        </div>
      ) : null}
      {bodyId && data?.hasOriginal ? (
        <div>
          <dt />
          <dd>
            <a href={originalUrl(bodyId)} download>
              {t('details.original')}
            </a>
          </dd>
        </div>
      ) : null}
    </dl>
  )
}
