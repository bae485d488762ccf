import { crc32 } from 'node:zlib'

/** Containers made byte by byte for tests, so that hostile variations need no foreign files. */
export function zipOf(entries: Record<string, string | Buffer>): Buffer {
  const bodies: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const [name, content] of Object.entries(entries)) {
    const data = Buffer.from(content)
    const path = Buffer.from(name)
    const facts = Buffer.alloc(26)
    facts.writeUInt16LE(20, 0)
    facts.writeUInt32LE(crc32(data), 10)
    facts.writeUInt32LE(data.length, 14)
    facts.writeUInt32LE(data.length, 18)
    facts.writeUInt16LE(path.length, 22)
    const body = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), facts, path, data])
    const place = Buffer.alloc(14)
    place.writeUInt32LE(offset, 10)
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\0', 'latin1'), facts, place, path]))
    bodies.push(body)
    offset += body.length
  }
  const list = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(directory.length, 8)
  end.writeUInt16LE(directory.length, 10)
  end.writeUInt32LE(list.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...bodies, list, end])
}

function oleEntry(name: string): Buffer {
  const bytes = Buffer.alloc(128)
  bytes.write(`${name}\0`, 'utf16le')
  bytes.writeUInt16LE((name.length + 1) * 2, 64)
  return bytes
}

/** A compound file (Office 97–2003) whose directory names the given streams, in the second sector of its chain. */
export function oleOf(...streams: string[]): Buffer {
  const sector = 512
  const header = Buffer.alloc(sector)
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(header)
  header.writeUInt16LE(9, 30)
  header.writeUInt32LE(1, 48)
  header.fill(0xff, 76)
  header.writeUInt32LE(0, 76)
  const table = Buffer.alloc(sector, 0xff)
  table.writeUInt32LE(3, 4)
  table.writeUInt32LE(0xfffffffe, 12)
  const first = Buffer.concat(['Root Entry', 'SummaryInformation', 'Data', 'Other'].map(oleEntry))
  const second = Buffer.concat([...streams.map(oleEntry), Buffer.alloc(sector)]).subarray(0, sector)
  return Buffer.concat([header, table, first, Buffer.alloc(sector), second])
}

/** The class at the root says that it installs something. */
export function installerOf(...streams: string[]): Buffer {
  const file = oleOf(...streams)
  Buffer.from('84100c0000000000c000000000000046', 'hex').copy(file, 512 * 2 + 80)
  return file
}

export function tarOf(name: string, content: string): Buffer {
  const header = Buffer.alloc(512)
  header.write(name)
  header.write('0000644\0', 100)
  header.write('0000000\0', 108)
  header.write('0000000\0', 116)
  header.write(`${content.length.toString(8).padStart(11, '0')}\0`, 124)
  header.write('00000000000\0', 136)
  header.write('        0', 148)
  header.write('ustar\u000000', 257)
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return Buffer.concat([header, Buffer.from(content.padEnd(512, '\0')), Buffer.alloc(1024)])
}

const types = { '[Content_Types].xml': '<Types/>', '_rels/.rels': '<Relationships/>' }
export const docx = () => zipOf({ ...types, 'word/document.xml': '<w:document/>' })
export const xlsx = () => zipOf({ ...types, 'xl/workbook.xml': '<workbook/>' })
export const pptx = () => zipOf({ ...types, 'ppt/presentation.xml': '<p:presentation/>' })
