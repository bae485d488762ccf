import { fileTypes, type FileType } from './file-types.ts'

const activeExtensions = new Set(
  (
    'html htm xhtml xht shtml mhtml mht svg svgz xml xsl xslt js mjs cjs jsx ts tsx vbs vbe wsf wsh wsc hta htc bat cmd com ' +
    'exe dll scr pif cpl msi msp ps1 psm1 psd1 sh bash zsh csh py pyw pl rb php phtml asp aspx jsp cgi jar app apk ipa dmg ' +
    'reg inf lnk url desktop scf chm swf xap xul command action workflow'
  ).split(' '),
)
const knownExtensions = new Set(
  Object.values<FileType>(fileTypes).flatMap((known) => known.aliases.concat(known.extension)),
)
const windowsDevices = /^(con|prn|aux|nul|com\d|lpt\d)$/i
const charactersAtMost = 120
const bytesAtMost = 200

export const isActiveExtension = (extension: string): boolean => activeExtensions.has(extension)
export const isKnownExtension = (extension: string): boolean => knownExtensions.has(extension)

export function extensionOf(name: string): string {
  return /[^.]\.([A-Za-z0-9]{1,10})[.\s]*$/.exec(name)?.[1]?.toLowerCase() ?? ''
}

/**
 * The name under which a file is shown and saved: no path, nothing invisible (an override of the writing direction makes
 * `gpj.exe` look like `exe.jpg`), no character that a file system refuses, and an extension that tells the truth.
 */
export function sanitiseName(declared: string, type: FileType): string {
  const visible = visibleName(declared)
  const stem = safeStem(withoutExtension(visible, type))
  return `${shorten(stem)}.${keptExtension(visible, type)}`
}

/** The same for what is kept without being known: the extension is the one that it came with. */
export function sanitiseOtherName(declared: string): string {
  const visible = visibleName(declared)
  const extension = extensionOf(visible)
  const stem = extension === '' ? visible : visible.slice(0, visible.toLowerCase().lastIndexOf(`.${extension}`))
  return [shorten(safeStem(stem)), ...(extension === '' ? [] : [extension])].join('.')
}

const visibleName = (declared: string): string =>
  (declared.normalize('NFC').split(/[/\\]/).at(-1) ?? '')
    .replaceAll(/[\p{Cc}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu, '')
    .replaceAll(/(?!\u200d)\p{Cf}/gu, '')
    .replaceAll(/\s+/gu, ' ')
    .replaceAll(/[<>:"|?*]/g, '_')

function keptExtension(name: string, type: FileType): string {
  const extension = extensionOf(name)
  return type.aliases.includes(extension) ? extension : type.extension
}

/** Drops the true extension, and false ones that we know: `a.png.exe` and `a.jpg` of a PNG become `a.png`. */
function withoutExtension(name: string, type: FileType): string {
  const extension = extensionOf(name)
  const removable = knownExtensions.has(extension) || isActiveExtension(extension)
  if (extension === '' || !removable) return name
  const stem = name.slice(0, name.toLowerCase().lastIndexOf(`.${extension}`))
  const own = extension === type.extension || type.aliases.includes(extension)
  return own && !isActiveExtension(extensionOf(stem)) ? stem : withoutExtension(stem, type)
}

function safeStem(stem: string): string {
  const trimmed = stem.replaceAll(/^[.\s]+|[.\s]+$/g, '')
  if (trimmed === '') return 'file'
  return windowsDevices.test(trimmed) ? `_${trimmed}` : trimmed
}

function shorten(stem: string): string {
  let kept = ''
  for (const { segment } of new Intl.Segmenter().segment(stem)) {
    if (Buffer.byteLength(kept + segment) > bytesAtMost || kept.length + segment.length > charactersAtMost) break
    kept += segment
  }
  return kept.trimEnd() || 'file'
}
