import sharp from 'sharp'

/** The files that customers and agents send in the demo: drawn here, so that nothing has to be shipped. */
const table = (body: string, ground = '#d9c7ae'): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="960" height="720" viewBox="0 0 960 720">
    <defs><linearGradient id="g" x2="0" y2="1"><stop stop-color="${ground}"/><stop offset="1" stop-color="#a8927a"/></linearGradient></defs>
    <rect width="960" height="720" fill="url(#g)"/><path d="M0 470h960M0 590h960" stroke="#8c7860" stroke-width="3" opacity=".5"/>${body}</svg>`

const cup = `<ellipse cx="480" cy="560" rx="250" ry="46" fill="#000" opacity=".18"/>
  <path d="M270 300h420q-20 250-160 250h-100q-140 0-160-250z" fill="#b9d6c9"/><ellipse cx="480" cy="300" rx="210" ry="46" fill="#dcece4"/>`
const crack = '<path d="M350 320l40 60-30 44 50 70-24 50" fill="none" stroke="#3c4a44" stroke-width="7"/>'
const page =
  '<rect x="180" y="90" width="600" height="540" rx="8" fill="#fbf9f3"/><path d="M480 90v540" stroke="#dcd5c4" stroke-width="4"/>'
const strokes = (dash: string): string =>
  `<g fill="none" stroke="#35463c" stroke-width="9" stroke-linecap="round" stroke-dasharray="${dash}">
    <path d="M220 210q40-50 60 0t60 0 70-10"/><path d="M220 300q60-40 90 0t100-6"/><path d="M220 390q30-44 70 0t110 0"/></g>`

const drawings: Record<string, string> = {
  cup: table(cup),
  'cup-cracked': table(cup + crack),
  handwriting: table(page + strokes('60 34')),
  crease: table(
    `${page}<path d="M500 640L770 260" stroke="#b8ac92" stroke-width="10"/><path d="M512 646L782 266" stroke="#fff" stroke-width="6"/>`,
  ),
  'ink-leak': table(
    `<path d="M360 620V330q0-60 60-60h120q60 0 60 60v290z" fill="#39404f"/><rect x="410" y="190" width="140" height="90" rx="14" fill="#23252c"/>
     <path d="M340 640q140 60 320-6 40 30-20 46-180 40-310-4-30-16 10-36z" fill="#1f3a34"/>`,
    '#e6dfd2',
  ),
  engraving: table(
    `<g transform="rotate(-12 480 360)"><rect x="120" y="310" width="640" height="100" rx="50" fill="#c7a35c"/><path d="M760 330l110 30-110 30z" fill="#555"/>
     <text x="360" y="378" font-family="serif" font-size="48" letter-spacing="12" fill="#7a5a22">慢慢来</text></g>`,
    '#efe6d4',
  ),
}

export const drawPicture = async (name: string): Promise<Buffer> =>
  sharp(Buffer.from(drawings[name] ?? table(cup)))
    .jpeg({ quality: 78 })
    .toBuffer()

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
