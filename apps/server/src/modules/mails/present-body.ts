import type { MailBody } from '@qiao/protocol'
import type { MailBodyRow } from './mail-body-row.ts'
import type { RemoteImages } from './remote-images.ts'
import { withPictures } from './show-html.ts'

interface Showing {
  images: 'blocked' | 'shown'
  /** Addresses of files, by their ids. */
  links: ReadonlyMap<string, string>
  remote: RemoteImages
  now: Date
}

export function presentBody(row: MailBodyRow, { images, links, remote, now }: Showing): MailBody {
  const fileByCid = new Map(row.files.map(({ id, cid }) => [cid, links.get(id)]))
  const show = (html: string | null): string | null =>
    html &&
    withPictures(html, {
      file: (cid) => fileByCid.get(cid),
      remote: (url) => (images === 'shown' ? remote.linkTo(url, now) : undefined),
    })
  return {
    id: row.id,
    html: show(row.html),
    text: row.text,
    quotedHtml: show(row.quoted_html),
    quotedText: row.quoted_text,
    signature: row.signature,
    signatureHtml: show(row.signature_html),
    remoteImages: row.remote_images,
    hasOriginal: row.original !== null,
    receivedAt: row.created_at.toISOString(),
  }
}
