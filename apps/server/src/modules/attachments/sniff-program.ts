import { fileTypeFromBuffer } from 'file-type'
import { latin1, type ByteSource } from './byte-source.ts'
import { extensionOf, isActiveExtension } from './file-name.ts'
import { zipFamily } from './sniff-file.ts'
import { scriptStart } from './sniff-text.ts'
import { isZippedProgram } from './sniff-zip.ts'

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '))

/** Shown by a browser or an editor; who saves one of them starts no program by opening it. */
const documents = words('html htm xhtml xht shtml mhtml mht svg svgz xml xsl xslt')
/** Beyond those that are active on a page: what desktops start, install or mount (most mail providers refuse the same). */
const started = words(
  'ade adp appimage appx appxbundle cab crx deb diagcab diagcfg diagpack drv gadget img ins iso isp jnlp job jse mde mpkg ' +
    'msc msh msix msixbundle mst nsh ocx pkg ps1xml psc1 rpm run scpt sct shb shs snap sys terminal vb vhd vhdx vxd ws ' +
    'xbap xll xpi',
)
/** Endings that hide before another one. Not those that are also the ends of host names (`com`, `app`, `sh`). */
const disguised = words('exe scr pif bat cmd vbs vbe js jse wsf hta lnk msi ps1 jar cpl dll')
const packed = words('gz bz2 xz 7z zst lz lz4 z tgz')

const isStarted = (extension: string): boolean =>
  started.has(extension) || (isActiveExtension(extension) && !documents.has(extension))

/** `declaredName` as it would be saved: what cannot be seen in it is gone. */
function isProgramName(declaredName: string): boolean {
  const extension = extensionOf(declaredName)
  const inner = extensionOf(declaredName.slice(0, -extension.length - 1))
  // `x.settingcontent-ms`, `x.library-ms`: Windows opens them as it opens links.
  if (/\.(?:[a-z]+-ms|application)$/i.test(declaredName)) return true
  return isStarted(extension) || (disguised.has(inner) && !packed.has(extension))
}

const programTypes = words('exe elf macho class lnk alias cab chm crx deb dex dmg rpm wasm')
/** The class of an installer's root (MSI), as a compound file names it: {000C1084-0000-0000-C000-000000000046}. */
const installer = Buffer.from('84100c0000000000c000000000000046', 'hex')

/** What starts something when it is opened, by its name or by what it is; whoever keeps any file does not keep these. */
export async function isProgram(source: ByteSource, declaredName: string): Promise<boolean> {
  if (isProgramName(declaredName)) return true
  const found = await fileTypeFromBuffer(source.head)
  if (found === undefined) return scriptStart.test(latin1(source.head.subarray(0, 200)).replace(/^\xef\xbb\xbf/, ''))
  if (zipFamily.has(found.ext) || found.mime === 'application/zip') return isZippedProgram(source)
  if (found.ext === 'cfb') return hasInstallerRoot(source)
  return programTypes.has(found.ext)
}

/** The directory, whose first entry is the root, may stand anywhere in the file. */
async function hasInstallerRoot(source: ByteSource): Promise<boolean> {
  const header = Buffer.from(source.head)
  if (header.length < 512) return false
  const sectorBytes = 1 << header.readUInt16LE(30)
  if (sectorBytes !== 512 && sectorBytes !== 4096) return false
  const root = Buffer.from(await source.read((header.readUInt32LE(48) + 1) * sectorBytes, 128))
  return root.length === 128 && root.subarray(80, 96).equals(installer)
}
