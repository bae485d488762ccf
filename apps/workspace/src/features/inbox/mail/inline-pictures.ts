import type { MailFile } from '@qiao/protocol'

/** Nothing but pictures can be seen within the words, whatever a mail calls its files. */
export const filesBelow = (files: readonly MailFile[]): MailFile[] => files.filter((file) => !isWithin(file))

const isWithin = ({ cid, kind }: MailFile): boolean => cid !== undefined && kind === 'image'

/** Of what the words show themselves: what their signature and their history show belongs to those. */
export function picturesWithin(html: string | null, files: readonly MailFile[]): MailFile[] {
  const shown = new Set(
    [...(html ?? '').matchAll(/<img\b[^>]*\sdata-cid="([^"]*)"/gu)].map(([, cid = '']) => plain(cid)),
  )
  return files.filter((file) => isWithin(file) && shown.has(file.cid ?? ''))
}

const plain = (text: string): string =>
  text.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')

const smallestPx = { side: 24, area: 16_000 }

/** Spacers, lines and the signs of firms say nothing that somebody has to look at. */
export const isWorthSeeing = ({ width = 0, height = 0 }: Pick<MailFile, 'width' | 'height'>): boolean =>
  Math.min(width, height) >= smallestPx.side && width * height >= smallestPx.area

/** How many pictures of other servers a part of a mail would show. */
export const remotePictures = (html: string | null): number =>
  [...(html ?? '').matchAll(/<img\b[^>]*\sdata-remote="/gu)].length
