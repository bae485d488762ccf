import { createServer, type AddressInfo, type Server } from 'node:net'
import { afterEach, expect, test, vi } from 'vitest'
import { createLog } from './log.ts'
import { createMailer } from './mail.ts'

let server: Server | undefined
afterEach(() => server?.close())

/** Speaks just enough SMTP to take one mail, or to refuse the receiver. */
async function smtpServer(refuses = false): Promise<{ url: string; heard: string[] }> {
  const heard: string[] = []
  server = createServer((socket) => {
    let inBody = false
    socket.write('220 test\r\n')
    socket.on('data', (data) => {
      for (const line of String(data).split('\r\n').slice(0, -1)) {
        heard.push(line)
        if (inBody && line === '.') inBody = false
        else if (inBody) continue
        if (line.startsWith('RCPT') && refuses) socket.write('550 no such user\r\n')
        else if (line.startsWith('DATA')) {
          inBody = true
          socket.write('354 go on\r\n')
        } else if (line.startsWith('QUIT')) socket.end('221 bye\r\n')
        else socket.write('250 ok\r\n')
      }
    })
    socket.on('error', () => undefined)
  })
  const listening = server
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve))
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a TCP server has an address of this kind
  return { url: `smtp://127.0.0.1:${(listening.address() as AddressInfo).port}`, heard }
}

const log = createLog({ level: 'silent' })

test('a mail goes out with the sender of the settings', async () => {
  const { url, heard } = await smtpServer()
  const mailer = createMailer({ smtpUrl: url, from: 'Support <support@example.com>' }, log)
  expect(mailer.sends).toBe(true)
  await mailer.send({ to: 'anna@example.com', subject: '重设密码', text: '您好\n.\nEnd' })
  mailer.close()
  expect(heard).toContain('MAIL FROM:<support@example.com>')
  expect(heard).toContain('RCPT TO:<anna@example.com>')
  expect(heard.some((line) => line.startsWith('Subject: =?UTF-8?'))).toBe(true)
})

test('one receiver stays one, whatever the address says', async () => {
  const { url, heard } = await smtpServer()
  const mailer = createMailer({ smtpUrl: url, from: 'support@example.com' }, log)
  await mailer.send({ to: 'anna@example.com, eve@example.com', subject: 'x', text: 'x' }).catch(() => undefined)
  mailer.close()
  expect(heard.filter((line) => line.startsWith('RCPT')).length).toBeLessThanOrEqual(1)
  expect(heard).not.toContain('RCPT TO:<eve@example.com>')
})

test('a refusal by the server is an error', async () => {
  const { url } = await smtpServer(true)
  const mailer = createMailer({ smtpUrl: url, from: 'support@example.com' }, log)
  await expect(mailer.send({ to: 'nobody@example.com', subject: 'x', text: 'x' })).rejects.toThrow('no such user')
  mailer.close()
})

test('without a mail server the link is shown to whoever reads the log', async () => {
  const warn = vi.spyOn(log, 'warn')
  const mailer = createMailer(undefined, log)
  expect(mailer.sends).toBe(false)
  await mailer.send({ to: 'anna@example.com', subject: 'x', text: 'x', link: 'https://q.example/a' })
  expect(warn).toHaveBeenCalledWith(
    expect.objectContaining({ link: 'https://q.example/a' }),
    expect.stringContaining('SMTP_URL'),
  )
})
