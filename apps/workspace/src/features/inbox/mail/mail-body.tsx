import type { ContentOf, MailFile } from '@qiao/protocol'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useMemo, useState } from 'react'
import { explain } from '../../../shared/error-words.ts'
import { useWords } from '../../../shared/i18n.ts'
import { MarkupView } from '../content/markup-view.tsx'
import { asHtml } from './frame-document.ts'
import { MailFrame } from './mail-frame.tsx'
import { mailBodyQuery } from './mail-queries.ts'
import { preferLook, usePreferredLook } from './use-preferred-view.ts'
import { mailWords } from './words.ts'

interface MailBodyProps {
  mail: ContentOf<'mail'>
  writer: string
}

const longFrom = { lines: 12, characters: 1200 }
const isLong = (text: string): boolean =>
  text.length > longFrom.characters || text.split('\n', longFrom.lines + 1).length > longFrom.lines

/** Plain words first, which are there at once; what the mail looked like, and what it quotes, when somebody asks. */
export function MailBody({ mail, writer }: MailBodyProps) {
  const t = useWords(mailWords)
  const { bodyId } = mail
  const preferred = usePreferredLook()
  const formatted = preferred === 'formatted' && bodyId !== undefined
  const [history, setHistory] = useState(false)
  const pictures = useMemo(() => mail.attachments.filter(({ cid }) => cid !== undefined), [mail.attachments])
  return (
    <div className="q-mail-body">
      {formatted ? <Formatted bodyId={bodyId} writer={writer} pictures={pictures} /> : <Plain mail={mail} />}
      {history && bodyId ? <History bodyId={bodyId} formatted={formatted} pictures={pictures} writer={writer} /> : null}
      {bodyId ? (
        <div className="q-mail-looks">
          <button
            type="button"
            className="q-mail-dots"
            aria-expanded={history}
            title={t(history ? 'body.hideHistory' : 'body.history')}
            aria-label={t(history ? 'body.hideHistory' : 'body.history')}
            onClick={() => setHistory(!history)}
          >
            •••
          </button>
          <button type="button" className="q-mail-link" onClick={() => preferLook(formatted ? 'plain' : 'formatted')}>
            {formatted ? t('body.plain') : t('body.formatted')}
            {!formatted && pictures.length > 0 ? ` · ${t('body.inline', { count: pictures.length })}` : ''}
          </button>
        </div>
      ) : null}
    </div>
  )
}

function Plain({ mail }: { mail: ContentOf<'mail'> }) {
  const t = useWords(mailWords)
  const [all, setAll] = useState(false)
  const { bodyId } = mail
  const wantsRest = all && mail.cut === true && bodyId !== undefined
  const { data, error, refetch } = useQuery({ ...mailBodyQuery(bodyId ?? ''), enabled: wantsRest })
  if (mail.text.trim() === '') return <p className="q-mail-empty">{t('body.empty')}</p>
  const long = mail.cut === true || isLong(mail.text)
  return (
    <>
      <div className={long && !all ? 'q-mail-text is-folded' : 'q-mail-text'}>
        <MarkupView text={wantsRest ? (data?.text ?? mail.text) : mail.text} markup="none" />
      </div>
      {wantsRest && !data ? <Waiting error={error} onAgain={() => void refetch()} /> : null}
      {long ? (
        <button type="button" className="q-mail-link" aria-expanded={all} onClick={() => setAll(!all)}>
          {t(all ? 'body.showLess' : 'body.showAll')}
        </button>
      ) : null}
    </>
  )
}

interface FormattedProps {
  bodyId: string
  writer: string
  pictures: readonly MailFile[]
}

function Formatted({ bodyId, writer, pictures }: FormattedProps) {
  const t = useWords(mailWords)
  const [images, setImages] = useState<'blocked' | 'shown'>('blocked')
  const blocked = useQuery(mailBodyQuery(bodyId))
  const shown = useQuery({ ...mailBodyQuery(bodyId, 'shown'), enabled: images === 'shown' })
  const body = (images === 'shown' ? shown.data : undefined) ?? blocked.data
  if (!body) return <Waiting error={blocked.error} onAgain={() => void blocked.refetch()} />
  return (
    <>
      {body.remoteImages > 0 && !(images === 'shown' && shown.data) ? (
        <div className="q-mail-blocked" role="status">
          <span>{t('body.blocked', { count: body.remoteImages })}</span>
          <Button size="small" loading={images === 'shown' && shown.isFetching} onClick={() => setImages('shown')}>
            {t('body.showImages')}
          </Button>
        </div>
      ) : null}
      {images === 'shown' && shown.error ? <Waiting error={shown.error} onAgain={() => void shown.refetch()} /> : null}
      <MailFrame html={body.html ?? asHtml(body.text)} title={t('body.frame', { name: writer })} pictures={pictures} />
    </>
  )
}

function History({ bodyId, writer, pictures, formatted }: FormattedProps & { formatted: boolean }) {
  const t = useWords(mailWords)
  const { data, error, refetch } = useQuery(mailBodyQuery(bodyId))
  if (!data) return <Waiting error={error} onAgain={() => void refetch()} />
  const { signature, quotedText, quotedHtml } = data
  if (!signature && !quotedText && !quotedHtml) return <p className="q-mail-empty">{t('body.noHistory')}</p>
  return (
    <div className="q-mail-history">
      {signature ? <MarkupView text={signature} markup="none" /> : null}
      {formatted && quotedHtml ? (
        <MailFrame html={quotedHtml} title={t('body.frame', { name: writer })} pictures={pictures} />
      ) : (
        <MarkupView text={quotedText} markup="none" />
      )}
    </div>
  )
}

function Waiting({ error, onAgain }: { error: unknown; onAgain: () => void }) {
  const t = useWords(mailWords)
  if (!error) return <p className="q-mail-empty">{t('body.loading')}</p>
  return (
    <p className="q-mail-empty" role="alert">
      {t('body.failed', { reason: explain(error) })}{' '}
      <button type="button" className="q-mail-link" onClick={onAgain}>
        {t('body.again')}
      </button>
    </p>
  )
}
