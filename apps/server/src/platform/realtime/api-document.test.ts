import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { agentClientFrame, agentServerFrame, errorCodes, visitorClientFrame, visitorServerFrame } from '@qiao/protocol'
import { describe, expect, test } from 'vitest'
import { AppError } from '../errors.ts'
import { closeCodes } from './connection.ts'

/** docs/api.md is written by hand: what it says of frames and codes is held to what the server does. */
const document = readFileSync(join(import.meta.dirname, '../../../../../docs/api.md'), 'utf8')
const section = (title: string): string => document.split(`\n### ${title}\n`)[1]?.split(/\n##/)[0] ?? ''
/** Frame → which socket it is said to belong to. */
type Socket = 'both' | 'agent' | 'visitor'
const framesIn = (title: string): [string, Socket][] =>
  [...section(title).matchAll(/^\| `(\{"type":.*?\})` \| (both|agent|visitor) \|/gm)].map(([, frame = '', socket]) => [
    frame,
    socket === 'agent' || socket === 'visitor' ? socket : 'both',
  ])
const typeOf = (frame: string): string => /"type":"([\w-]+)"/.exec(frame)?.[1] ?? ''
const typesFor = (title: string, socket: 'agent' | 'visitor'): string[] =>
  framesIn(title)
    .filter(([, belongs]) => belongs === 'both' || belongs === socket)
    .map(([frame]) => typeOf(frame))
    .toSorted()
const typesOf = (schema: { options: readonly { shape: { type: { value: string } } }[] }): string[] =>
  schema.options.map((option) => option.shape.type.value).toSorted()

describe('docs/api.md', () => {
  test('lists all frames of both sockets', () => {
    // `hello` and `ready` stand in the table above them.
    expect(typesFor('From the client', 'agent')).toEqual(typesOf(agentClientFrame))
    expect([...typesFor('From the client', 'visitor'), 'hello'].toSorted()).toEqual(typesOf(visitorClientFrame))
    expect([...typesFor('From the server', 'agent'), 'ready'].toSorted()).toEqual(typesOf(agentServerFrame))
    expect([...typesFor('From the server', 'visitor'), 'ready'].toSorted()).toEqual(typesOf(visitorServerFrame))
  })

  test.each(framesIn('From the client'))('%s is a frame that the server takes', (frame, socket) => {
    const example: unknown = JSON.parse(frame.replaceAll('…', '00000000-0000-7000-8000-000000000001'))
    const schemas = {
      both: [visitorClientFrame, agentClientFrame],
      visitor: [visitorClientFrame],
      agent: [agentClientFrame],
    }
    const refusals = schemas[socket].map((schema) => schema.safeParse(example).error)
    expect(refusals.filter(Boolean)).toEqual([])
  })

  test.each(errorCodes)('says the status of %s', (code) => {
    expect(document).toContain(`| \`${code}\` | ${new AppError(code).status} |`)
  })

  test('says what each close code means', () => {
    const codes = [...section('Close codes').matchAll(/^\| (\d{4}) \|/gm)].map(([, code]) => Number(code))
    // 1009 comes from the library.
    expect(new Set(codes)).toEqual(new Set([1009, ...Object.values(closeCodes)]))
  })
})
