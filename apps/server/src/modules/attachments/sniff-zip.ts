import type { ByteSource } from './byte-source.ts'
import type { FileTypeName } from './file-types.ts'

const endRecord = Buffer.from('PK\x05\x06', 'latin1')
const directoryAtMost = 8 * 1024 * 1024

const programs = [/^META-INF\/MANIFEST\.MF$/, /^AndroidManifest\.xml$/, /^AppxManifest\.xml$/, /^Payload\/[^/]+\.app\//]
/** Programs, books and macro documents are archives too; they are not on the list. */
const refused = [...programs, /^mimetype$/, /vbaProject\.bin$/i]
const anyOf = (patterns: readonly RegExp[], names: readonly string[]): boolean =>
  names.some((name) => patterns.some((pattern) => pattern.test(name)))

/**
 * Reads the central directory, which is what unpackers believe. Null without one: such a file may be a fragment or
 * something else that only begins like an archive.
 */
export async function sniffZip(source: ByteSource): Promise<FileTypeName | null> {
  const names = await entryNames(source)
  if (names === null || anyOf(refused, names)) return null
  if (!names.includes('[Content_Types].xml')) return 'zip'
  if (names.includes('word/document.xml')) return 'docx'
  if (names.includes('xl/workbook.xml')) return 'xlsx'
  if (names.includes('ppt/presentation.xml')) return 'pptx'
  return null
}

/** An archive that is itself started when somebody opens it, whatever it is called. */
export const isZippedProgram = async (source: ByteSource): Promise<boolean> =>
  anyOf(programs, (await entryNames(source)) ?? [])

async function entryNames(source: ByteSource): Promise<string[] | null> {
  const tailBytes = Math.min(source.bytes, 65_557)
  const tail = Buffer.from(await source.read(source.bytes - tailBytes, tailBytes))
  const end = tail.lastIndexOf(endRecord)
  if (end < 0 || end + 22 > tail.length) return null
  const length = tail.readUInt32LE(end + 12)
  const start = tail.readUInt32LE(end + 16)
  if (length > directoryAtMost || start + length > source.bytes) return null
  const directory = Buffer.from(await source.read(start, length))
  const names: string[] = []
  for (let offset = 0; offset + 46 <= directory.length && directory.readUInt32LE(offset) === 0x02014b50;) {
    const nameLength = directory.readUInt16LE(offset + 28)
    names.push(directory.toString('utf8', offset + 46, offset + 46 + nameLength))
    offset += 46 + nameLength + directory.readUInt16LE(offset + 30) + directory.readUInt16LE(offset + 32)
  }
  return names
}
