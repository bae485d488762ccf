import { canonicalMail } from './canonical-mail.ts'
import { parseMail } from './parse-mail.ts'

/** `npm run --silent parse-mail < FILE`: a raw mail in, its canonical JSON out. */
const chunks: Uint8Array[] = []
for await (const chunk of process.stdin) chunks.push(chunk)
process.stdout.write(`${JSON.stringify(canonicalMail(parseMail(Buffer.concat(chunks))), null, 2)}\n`)
