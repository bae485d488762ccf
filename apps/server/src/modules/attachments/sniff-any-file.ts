import type { ByteSource } from './byte-source.ts'
import { extensionOf, isKnownExtension, sanitiseOtherName } from './file-name.ts'
import type { FileTypeName } from './file-types.ts'
import { sniffFile } from './sniff-file.ts'
import { isProgram } from './sniff-program.ts'

/**
 * For letters, which bring what nobody has asked for by name: contacts, signatures, scans, invoices for programs. What is not
 * on the list is `other`; null is only what starts something when it is opened.
 */
export async function sniffAnyFile(source: ByteSource, declaredName: string): Promise<FileTypeName | null> {
  const found = await sniffFile(source, declaredName)
  if (found !== null && !(found === 'txt' && isMoreThanText(declaredName))) return found
  return (await isProgram(source, sanitiseOtherName(declaredName))) ? null : 'other'
}

/** A mail, a key or a table of another program is text as well, and known by its ending to what reads it. */
function isMoreThanText(declaredName: string): boolean {
  const extension = extensionOf(sanitiseOtherName(declaredName))
  return extension !== '' && !isKnownExtension(extension)
}
