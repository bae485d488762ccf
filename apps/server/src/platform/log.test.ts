import { expect, test } from 'vitest'
import { createLog, readableLines } from './log.ts'

function capture() {
  const lines: string[] = []
  return { lines, destination: { write: (line: string) => void lines.push(line) } }
}

test('a secret is not written, at the depths in which requests and errors carry them', () => {
  const { lines, destination } = capture()
  const log = createLog({ level: 'info', destination })
  const headers = { authorization: 'Bearer s3cret', cookie: 'sid=s3cret', 'set-cookie': 's3cret', accept: '*/*' }
  log.info({ password: 's3cret', headers, request: { headers }, outer: { request: { headers } } }, 'request')
  log.info({ user: { token: 's3cret', apiKey: 's3cret' }, config: { storage: { secretAccessKey: 's3cret' } } })
  expect(lines.join('')).not.toContain('s3cret')
  expect(lines.join('')).toContain('[redacted]')
  expect(lines[0]).toContain('*/*')
})

test('an error keeps its stack and the level is a word', () => {
  const { lines, destination } = capture()
  createLog({ level: 'info', destination }).error({ error: new Error('broken pipe') }, 'failed')
  const entry = JSON.parse(lines[0] ?? '') as { level: string; error: { message: string; stack: string } }
  expect(entry).toMatchObject({ level: 'error', msg: 'failed', error: { message: 'broken pipe' } })
  expect(entry.error.stack).toContain('log.test.ts')
})

test('a terminal gets readable lines', () => {
  const { lines, destination } = capture()
  createLog({ level: 'info', destination: readableLines(destination) }).info({ port: 3000 }, 'listening')
  expect(lines[0]).toMatch(/^\d\d:\d\d:\d\d info {2}listening \{"port":3000\}\n$/)
})
