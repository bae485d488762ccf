import { type Part } from './mime-tree.ts'
import { headerOf, readHeaders, textOf } from './header-block.ts'
import { decodeHeaderText } from './header-text.ts'

const extensions: Record<string, string> = {
  'text/plain': 'document.txt',
  'text/html': 'document.html',
  'text/calendar': 'invite.ics',
  'text/vcard': 'contact.vcf',
  'text/x-vcard': 'contact.vcf',
  'text/csv': 'table.csv',
  'image/jpeg': 'image.jpg',
  'image/jpg': 'image.jpg',
  'image/png': 'image.png',
  'image/gif': 'image.gif',
  'image/webp': 'image.webp',
  'image/bmp': 'image.bmp',
  'image/tiff': 'image.tiff',
  'image/svg+xml': 'image.svg',
  'image/heic': 'image.heic',
  'application/pdf': 'document.pdf',
  'application/zip': 'archive.zip',
  'audio/mpeg': 'audio.mp3',
  'audio/wav': 'audio.wav',
  'audio/ogg': 'audio.ogg',
  'video/mp4': 'video.mp4',
  'video/quicktime': 'video.mov',
  'message/delivery-status': 'delivery-status.txt',
  'message/disposition-notification': 'disposition-notification.txt',
  'text/rfc822-headers': 'headers.txt',
  'application/pgp-signature': 'signature.asc',
  'application/pgp-keys': 'key.asc',
  'application/pkcs7-signature': 'smime.p7s',
  'application/x-pkcs7-signature': 'smime.p7s',
  'application/pkcs7-mime': 'smime.p7m',
  'application/x-pkcs7-mime': 'smime.p7m',
  'application/ms-tnef': 'winmail.dat',
}

export function declaredName(part: Part, hint: string | null): string {
  const { disposition, type } = part
  const name =
    disposition.parameters.get('filename') ||
    disposition.parameters.get('name') ||
    type.parameters.get('name') ||
    type.parameters.get('filename')
  return cleanName(name ? decodedTwice(name, hint) : '')
}

/** The name that the part gives, or one that says what it is. */
export function fileName(part: Part, mime: string, content: string, hint: string | null): string {
  const declared = declaredName(part, hint)
  if (declared) return declared
  if (mime === 'message/rfc822' || mime === 'message/global') return `${cleanName(subjectOf(content)) || 'mail'}.eml`
  const location = /^[^:/?#]+\.\w{1,8}$/.exec(headerOf(part.headers, 'content-location') ?? '')?.[0]
  const described = cleanName(textOf(part.headers, 'content-description', hint))
  const usual = extensions[mime] ?? 'file.bin'
  if (location) return cleanName(decodeHeaderText(location, hint))
  return /\.\w{1,8}$/.test(described) ? described : described ? described + usual.slice(usual.lastIndexOf('.')) : usual
}

function subjectOf(source: string): string {
  const { headers } = readHeaders(source.replace(/^(\r*\n)+/, ''), 0, 64 * 1024, () => false)
  return textOf(headers, 'subject')
}

/** Some mailers encode a name by RFC 2047 and that once more by RFC 2231. */
const decodedTwice = (name: string, hint: string | null) =>
  /=\?[^?]+\?[bq]\?.*\?=/i.test(name) ? decodeHeaderText(name, hint) : name

/** A name, never a path, and nothing that cannot be shown. */
export function cleanName(name: string): string {
  const last = /^(?:[A-Za-z]:)?[\\/]|^\.\.?[\\/]/.test(name) ? name.split(/[\\/]/).at(-1)! : name
  const clean = last
    .replace(/[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/[\\/]/g, '_')
    .trim()
  return /^\.*$/.test(clean) ? '' : clean.slice(0, 255)
}
