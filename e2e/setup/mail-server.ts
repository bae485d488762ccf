import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'

export interface ReceivedMail {
  to: string[]
  subject: string
  text: string
}

export interface MailServer {
  url: string
  /** Waits for the next mail to somebody; each is given once. */
  next(to: string): Promise<ReceivedMail>
  stop(): Promise<void>
}

/** A mail server that speaks SMTP (RFC 5321, with pipelining and 8-bit text) and keeps what it is given. */
export async function startMailServer(): Promise<MailServer> {
  const held: ReceivedMail[] = []
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket.on('close', () => sockets.delete(socket)).on('error', () => undefined))
    converse(socket, (mail) => held.push(mail))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || !address) throw new Error('The mail server has no port')
  return {
    url: `smtp://127.0.0.1:${address.port}`,
    async next(to) {
      for (const deadline = Date.now() + 30_000; Date.now() < deadline;) {
        const at = held.findIndex((mail) => mail.to.includes(to))
        const [found] = at === -1 ? [] : held.splice(at, 1)
        if (found) return found
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
      throw new Error(`No mail came for ${to}`)
    },
    async stop() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

function converse(socket: Socket, onMail: (mail: ReceivedMail) => void): void {
  let to: string[] = []
  let body: string[] | null = null
  let rest = ''
  const answer = (line: string): void => void socket.write(`${line}\r\n`)
  const hear = (line: string): void => {
    if (body && line !== '.') return void body.push(line.startsWith('.') ? line.slice(1) : line)
    if (body) {
      onMail({ to, ...read(body) })
      ;[to, body] = [[], null]
      return answer('250 2.0.0 kept')
    }
    const [verb = ''] = line.toUpperCase().split(/[ :]/)
    if (verb === 'EHLO') return answer('250-test\r\n250-PIPELINING\r\n250 8BITMIME')
    if (verb === 'RCPT') to.push(/<([^>]*)>/.exec(line)?.[1] ?? '')
    if (verb === 'DATA') {
      body = []
      return answer('354 go on')
    }
    if (verb === 'QUIT') return void socket.end('221 2.0.0 bye\r\n')
    answer(['HELO', 'MAIL', 'RCPT', 'RSET', 'NOOP'].includes(verb) ? '250 2.0.0 ok' : '502 5.5.1 unknown')
  }
  socket.setEncoding('utf8').on('data', (data: string) => {
    const lines = (rest + data).split('\r\n')
    rest = lines.pop() ?? ''
    lines.forEach(hear)
  })
  answer('220 test ESMTP')
}

/** One part of plain text, which is all that we send. */
function read(lines: readonly string[]): Omit<ReceivedMail, 'to'> {
  const end = lines.indexOf('')
  const head = lines
    .slice(0, end)
    .join('\n')
    .replaceAll(/\n[ \t]+/g, ' ')
  const header = (name: string): string => new RegExp(`^${name}: *(.*)$`, 'im').exec(head)?.[1] ?? ''
  const raw = lines.slice(end + 1).join('\n')
  const encoding = header('Content-Transfer-Encoding').toLowerCase()
  const bytes =
    encoding === 'base64'
      ? Buffer.from(raw, 'base64')
      : encoding === 'quoted-printable'
        ? fromQuoted(raw.replaceAll(/=\n/g, ''))
        : Buffer.from(raw)
  return { subject: decodeWords(header('Subject')), text: bytes.toString() }
}

const fromQuoted = (text: string): Buffer =>
  Buffer.from(
    text.replaceAll(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  )

/** RFC 2047; words that follow each other are one. */
const decodeWords = (text: string): string =>
  text
    .replaceAll(/\?=\s+=\?/g, '?==?')
    .replaceAll(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, kind: string, word: string) =>
      (kind.toLowerCase() === 'b' ? Buffer.from(word, 'base64') : fromQuoted(word.replaceAll('_', ' '))).toString(),
    )
