import type { MailFile } from '@qiao/protocol'
import { useQueries } from '@tanstack/react-query'
import { useEffect, useMemo, useRef, useState } from 'react'
import { attachmentQuery } from '../../../shared/attachments.ts'
import { currentLanguage } from '../../../shared/i18n.ts'
import { frameDocument } from './frame-document.ts'

type Picture = Pick<MailFile, 'id' | 'cid'>

interface MailFrameProps {
  html: string
  title: string
  /** Those that the words show as `cid:`. */
  pictures?: readonly Picture[]
}

const noPictures: readonly Picture[] = []
/** A mail that wants to be a mile high is scrolled within. */
const highestPx = 12_000

/**
 * The formatted words in a frame of their own, which runs no scripts. It is of our origin so that its height can be read and
 * our pictures come with the reader's cookie; without `allow-scripts` nothing in it can make use of that.
 */
export function MailFrame({ html, title, pictures = noPictures }: MailFrameProps) {
  const frame = useRef<HTMLIFrameElement>(null)
  const [height, setHeight] = useState(80)
  const links = useQueries({ queries: pictures.map(({ id }) => attachmentQuery(id)) })
  // Addresses are renewed while the page stands; the first ones are kept, or the frame would be loaded again and again.
  const [addresses, setAddresses] = useState<readonly string[]>([])
  if (addresses.length === 0 && links.length > 0 && links.every(({ isPending }) => !isPending))
    setAddresses(links.map(({ data }) => data?.links.view ?? ''))
  const page = useMemo(() => {
    const places = new Map(pictures.map(({ cid = '' }, at) => [cid, addresses[at] ?? '']))
    return frameDocument(withPictures(html, places), currentLanguage())
  }, [html, pictures, addresses])

  useEffect(() => {
    const element = frame.current
    if (!element) return undefined
    let growth: ResizeObserver | undefined
    const onLoad = (): void => {
      const inner = element.contentDocument
      if (!inner) return
      const fit = (): void =>
        setHeight(Math.min(highestPx, Math.ceil(inner.documentElement.getBoundingClientRect().height)))
      growth?.disconnect()
      growth = new ResizeObserver(fit)
      growth.observe(inner.documentElement)
      fit()
      // Keys that the words make no use of are the page's.
      inner.addEventListener('keydown', (event) => window.dispatchEvent(new KeyboardEvent('keydown', event)))
    }
    element.addEventListener('load', onLoad)
    return () => {
      element.removeEventListener('load', onLoad)
      growth?.disconnect()
    }
  }, [])

  return (
    <iframe
      ref={frame}
      className="q-mail-frame"
      title={title}
      sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
      referrerPolicy="no-referrer"
      srcDoc={page}
      style={{ height }}
    />
  )
}

const unwanted = 'script, meta, base, link, iframe, object, embed, form'

/**
 * Puts our own addresses where the mail names its pictures, and makes links open beside. Nothing is run or loaded by parsing. The
 * server has taken out what acts; it is taken out once more, since the frame is of our origin.
 */
function withPictures(html: string, places: ReadonlyMap<string, string>): string {
  const page = new DOMParser().parseFromString(html, 'text/html')
  for (const each of page.querySelectorAll(unwanted)) each.remove()
  for (const picture of page.querySelectorAll('img[data-cid], img[src^="cid:"]')) {
    const cid = picture.getAttribute('data-cid') ?? decodeCid(picture.getAttribute('src') ?? '')
    const place = places.get(cid)
    if (place) picture.setAttribute('src', place)
    else if (picture.getAttribute('src')?.startsWith('cid:')) picture.removeAttribute('src')
  }
  for (const link of page.querySelectorAll('a[href]')) {
    if (!/^(?:https?|mailto|tel):/iu.test(link.getAttribute('href') ?? '')) link.removeAttribute('href')
    link.setAttribute('target', '_blank')
    link.setAttribute('rel', 'noopener noreferrer nofollow')
  }
  return page.body.innerHTML
}

function decodeCid(source: string): string {
  try {
    return decodeURIComponent(source.slice(4))
  } catch {
    return source.slice(4)
  }
}
