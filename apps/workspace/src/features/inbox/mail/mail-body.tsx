import type { ContentOf, MailFile } from '@qiao/protocol'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useMemo, useState } from 'react'
import { explain } from '../../../shared/error-words.ts'
import { useWords } from '../../../shared/i18n.ts'
import { MarkupView } from '../content/markup-view.tsx'
import { allowPictures, usePicturesAllowed } from './allowed-pictures.ts'
import { asHtml } from './frame-document.ts'
import { historyOf } from './history-of.ts'
import { remotePictures } from './inline-pictures.ts'
import { MailFrame } from './mail-frame.tsx'
import { mailBodyQuery, useMailBody } from './mail-queries.ts'
import { PictureStrip, useShownPictures } from './picture-strip.tsx'
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
      {formatted ? (
        <Formatted bodyId={bodyId} writer={writer} pictures={pictures} />
      ) : (
        <Plain mail={mail} pictures={pictures} />
      )}
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
          </button>
        </div>
      ) : null}
    </div>
  )
}

function Plain({ mail, pictures }: { mail: ContentOf<'mail'>; pictures: readonly MailFile[] }) {
  const t = useWords(mailWords)
  const [all, setAll] = useState(false)
  const shown = useShownPictures(mail.bodyId, pictures)
  const { bodyId } = mail
  const wantsRest = all && mail.cut === true && bodyId !== undefined
  const { data, error, refetch } = useQuery({ ...mailBodyQuery(bodyId ?? ''), enabled: wantsRest })
  if (mail.text.trim() === '')
    return shown.length > 0 ? <PictureStrip pictures={shown} /> : <p className="q-mail-empty">{t('body.empty')}</p>
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
      <PictureStrip pictures={shown} />
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
  const { body, error, refetch } = useMailBody(bodyId)
  if (!body) return <Waiting error={error} onAgain={refetch} />
  return (
    <>
      <RemoteNotice bodyId={bodyId} html={body.html} />
      <MailFrame html={body.html ?? asHtml(body.text)} title={t('body.frame', { name: writer })} pictures={pictures} />
    </>
  )
}

function History({ bodyId, writer, pictures, formatted }: FormattedProps & { formatted: boolean }) {
  const t = useWords(mailWords)
  const { body, error, refetch } = useMailBody(bodyId)
  if (!body) return <Waiting error={error} onAgain={refetch} />
  const { html, text } = historyOf(body, formatted)
  if (!html && !text) return <p className="q-mail-empty">{t('body.noHistory')}</p>
  return (
    <div className="q-mail-history">
      {text ? <MarkupView text={text} markup="none" /> : null}
      {html ? (
        <>
          <RemoteNotice bodyId={bodyId} html={html} />
          <MailFrame html={html} title={t('body.frame', { name: writer })} pictures={pictures} />
        </>
      ) : null}
    </div>
  )
}

/** One permission for all parts of a mail: whichever has pictures from elsewhere asks until it is given. */
function RemoteNotice({ bodyId, html }: { bodyId: string; html: string | null }) {
  const t = useWords(mailWords)
  const allowed = usePicturesAllowed(bodyId)
  const { data, error, isFetching, refetch } = useQuery({ ...mailBodyQuery(bodyId, 'shown'), enabled: allowed })
  const count = remotePictures(html)
  if (count === 0 || (allowed && data)) return null
  return (
    <>
      <div className="q-mail-blocked" role="status">
        <span>{t('body.blocked', { count })}</span>
        <Button size="small" loading={allowed && isFetching} onClick={() => allowPictures(bodyId)}>
          {t('body.showImages')}
        </Button>
      </div>
      {allowed && error ? <Waiting error={error} onAgain={() => void refetch()} /> : null}
    </>
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
