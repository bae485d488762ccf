import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const command = fileURLToPath(new URL('parse-mail-command.ts', import.meta.url))
const run = (input: string | Buffer) => spawnSync(process.execPath, [command], { input, encoding: 'utf8' })

test('a mail in, JSON out', () => {
  const { status, stdout } = run(
    'From: =?utf-8?Q?J=C3=B6rg?= <j@customer.example>\r\nSubject: Hi\r\n\r\nYes.\r\n\r\n> old\r\n',
  )
  expect(status).toBe(0)
  expect(JSON.parse(stdout)).toMatchObject({
    subject: 'Hi',
    from: { name: 'Jörg', address: 'j@customer.example' },
    keptText: 'Yes.',
    quotedText: '> old',
    attachments: [],
    auto: { kind: 'none' },
    bounce: null,
  })
})

test.each([
  ['nothing', ''],
  ['rubbish', Buffer.from([0, 255, 13, 0, 45, 45, 10, 128])],
  ['a line', 'x'],
])('%s is a mail, too', (_, input) => {
  const { status, stdout, stderr } = run(input)
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  expect(JSON.parse(stdout)).toHaveProperty('keptText')
})
