import type { ByteSource } from './byte-source.ts'
import type { FileTypeName } from './file-types.ts'

const entryBytes = 128
const sectorsAtMost = 64
const endOfChain = 0xfffffffa

/**
 * Office 97–2003 files are a small file system (MS-CFB); the stream at its root says which program wrote it. Installers
 * and mails use the same container and are refused.
 */
export async function sniffOle(source: ByteSource): Promise<FileTypeName | null> {
  const header = Buffer.from(source.head)
  if (header.length < 512) return null
  const sectorBytes = 1 << header.readUInt16LE(30)
  if (sectorBytes !== 512 && sectorBytes !== 4096) return null
  let sector = header.readUInt32LE(48)
  for (let sectors = 0; sectors < sectorsAtMost && sector < endOfChain; sectors += 1) {
    const directory = Buffer.from(await source.read((sector + 1) * sectorBytes, sectorBytes))
    for (let offset = 0; offset + entryBytes <= directory.length; offset += entryBytes) {
      const name = entryName(directory.subarray(offset, offset + entryBytes))
      if (name === 'WordDocument') return 'doc'
      if (name === 'Workbook' || name === 'Book') return 'xls'
      if (name === 'PowerPoint Document') return 'ppt'
    }
    sector = await nextSector(source, header, sector, sectorBytes)
  }
  return null
}

function entryName(entry: Buffer): string {
  const length = Math.min(entry.readUInt16LE(64), 64)
  return length < 2 ? '' : entry.toString('utf16le', 0, length - 2)
}

/** The allocation table is itself spread over sectors, the first 109 of which the header lists. */
async function nextSector(source: ByteSource, header: Buffer, sector: number, sectorBytes: number): Promise<number> {
  const perSector = sectorBytes / 4
  const index = Math.floor(sector / perSector)
  if (index >= 109) return endOfChain
  const table = header.readUInt32LE(76 + index * 4)
  if (table >= endOfChain) return endOfChain
  const entry = Buffer.from(await source.read((table + 1) * sectorBytes + (sector % perSector) * 4, 4))
  return entry.length < 4 ? endOfChain : entry.readUInt32LE(0)
}
