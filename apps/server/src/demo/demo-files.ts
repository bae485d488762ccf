import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** A picture of what customers complain about; drawn by us. */
export const readPicture = (name: string): Promise<Buffer> =>
  readFile(join(import.meta.dirname, 'pictures', `${name}.jpg`))

/** Three seconds of something like a voice: syllables of a falling tone, 8 kHz, 16 bit. */
export function soundVoice(): Buffer {
  const rate = 8000
  const samples = Buffer.alloc(rate * 3 * 2)
  for (let at = 0; at < rate * 3; at += 1) {
    const seconds = at / rate
    const syllable = seconds * 3.2
    const loud = Math.max(0, Math.sin(Math.PI * (syllable % 1))) * (Math.floor(syllable) % 4 === 3 ? 0 : 1)
    const tone = 190 - 40 * (syllable % 1)
    const wave = Math.sin(2 * Math.PI * tone * seconds) + 0.5 * Math.sin(4 * Math.PI * tone * seconds)
    samples.writeInt16LE(Math.round(wave * loud * 7000), at * 2)
  }
  const head = Buffer.alloc(44)
  head.write('RIFF', 0)
  head.writeUInt32LE(36 + samples.length, 4)
  head.write('WAVEfmt ', 8)
  for (const [value, size, offset] of [
    [16, 4, 16],
    [1, 2, 20],
    [1, 2, 22],
    [rate, 4, 24],
    [rate * 2, 4, 28],
    [2, 2, 32],
    [16, 2, 34],
  ] as const) {
    head.writeUIntLE(value, offset, size)
  }
  head.write('data', 36)
  head.writeUInt32LE(samples.length, 40)
  return Buffer.concat([head, samples])
}

/** A one-page PDF with a line of text: PDF 1.4 with its table of offsets. */
export function printPdf(line: string): Buffer {
  const text = `BT /F1 28 Tf 72 720 Td (${line.replaceAll(/[()\\]/g, '')}) Tj ET`
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>',
    `<</Length ${text.length}>>stream\n${text}\nendstream`,
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
  ]
  let body = '%PDF-1.4\n'
  const offsets = objects.map((object, at) => {
    const offset = body.length
    body += `${at + 1} 0 obj${object}endobj\n`
    return offset
  })
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  const end = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}trailer<</Size ${objects.length + 1}/Root 1 0 R>>\nstartxref\n${body.length}\n%%EOF\n`
  return Buffer.from(body + end, 'latin1')
}
