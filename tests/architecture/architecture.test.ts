import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { importViolations, moduleOrder } from './import-rules.ts'
import { parse, readSources, readStyleSheets, type SourceFile } from './source-file.ts'
import {
  channelLiterals,
  classesOfTwo,
  emptyFileNames,
  environmentReaders,
  otherHttpClients,
  rulesForAll,
  tooLong,
} from './style-rules.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const sources = readSources(root)

describe('the sources', () => {
  test('are found', () => {
    expect(sources.length).toBeGreaterThan(40)
    expect(sources.flatMap((file) => file.imports).length).toBeGreaterThan(100)
  })
  test('import only what the table of ARCHITECTURE.md allows', () => expect(importViolations(sources)).toEqual([]))
  test('name no channel in business modules', () => expect(channelLiterals(sources)).toEqual([]))
  test('read the environment in one place', () => expect(environmentReaders(sources)).toEqual([]))
  test('ask other servers in one place', () => expect(otherHttpClients(sources)).toEqual([]))
  test('have names that say something', () => expect(emptyFileNames(sources)).toEqual([]))
  test('are small', () => expect(tooLong(sources)).toEqual([]))
  test('define each class of the workspace in one place, and style nothing else', () => {
    const sheets = readStyleSheets(root)
    expect(sheets.length).toBeGreaterThan(20)
    expect([...classesOfTwo(sheets), ...rulesForAll(sheets)]).toEqual([])
  })
})

describe('a planted violation is caught', () => {
  const from = (path: string, text: string) => importViolations([parse(path, text)])
  const modules = 'apps/server/src/modules'

  test.each([
    ['packages/protocol/src/a.ts', `import pg from 'pg'`],
    ['packages/protocol/src/a.ts', `import { x } from '../../../apps/server/src/config.ts'`],
    ['packages/routing/src/a.ts', `import { errorCodes } from '@qiao/protocol'`],
    ['packages/routing/src/a.ts', `import { readFile } from 'node:fs/promises'`],
    ['packages/mail/src/a.ts', `import { x } from '@qiao/protocol'`],
    ['packages/mail/src/a.ts', `import { readFile } from 'node:fs/promises'`],
    ['packages/mail/src/a.ts', `import { Pool } from 'pg'`],
    ['packages/channels/src/telegram/send.ts', `import { x } from '../whatsapp/send.ts'`],
    ['packages/channels/src/telegram/send.ts', `import { Pool } from 'pg'`],
    ['packages/channels/src/telegram/send.ts', `import fastify from 'fastify'`],
    ['apps/server/src/platform/a.ts', `import { x } from '#contacts'`],
    ['apps/server/src/platform/a.ts', `import { x } from '../modules/contacts/index.ts'`],
    ['apps/server/src/platform/a.ts', `import { x } from '@qiao/channels'`],
    ['apps/server/src/platform/a.ts', `import { readConfig } from '../config.ts'`],
    [`${modules}/contacts/a.ts`, `import { x } from '#conversations'`],
    [`${modules}/contacts/a.ts`, `import type { X } from '#conversations'`],
    [`${modules}/contacts/a.ts`, `const x = await import('#conversations')`],
    [`${modules}/contacts/a.ts`, `export * from '#conversations'`],
    [`${modules}/surveys/a.ts`, `import { x } from '#knowledge'`],
    [`${modules}/conversations/a.ts`, `import { x } from '../contacts/store.ts'`],
    [`${modules}/conversations/a.ts`, `import { x } from '@qiao/channels'`],
    [`${modules}/conversations/a.ts`, `import { x } from '../../delivery/inbound.ts'`],
    [`${modules}/newcomer/a.ts`, `export const x = 1`],
    ['apps/server/src/delivery/inbound.ts', `import { x } from '../modules/contacts/store.ts'`],
    ['apps/server/src/delivery/inbound.ts', `import { x } from '../playground/index.ts'`],
    ['apps/server/src/delivery/inbound.ts', `import { x } from '@qiao/channels/simulators'`],
    ['apps/server/src/playground/a.ts', `import { x } from '../modules/contacts/store.ts'`],
    [`${modules}/conversations/a.ts`, `import { x } from '../../playground/index.ts'`],
    ['apps/workspace/src/features/inbox/a.tsx', `import { x } from '../settings/b.tsx'`],
    ['apps/workspace/src/shared/a.ts', `import { x } from '../features/inbox/b.tsx'`],
    ['apps/workspace/src/features/inbox/a.tsx', `import { x } from '../../app/router.tsx'`],
    ['apps/widget/src/chat/a.ts', `import { x } from '../../../workspace/src/shared/time.ts'`],
    ['apps/widget/src/chat/a.ts', `import { readFile } from 'node:fs/promises'`],
  ])('%s: %s', (path, text) => expect(from(path, text)).toHaveLength(1))

  test.each([
    [
      `${modules}/conversations/a.ts`,
      `import { x } from '#contacts'; import { y } from './b.ts'; import { z } from 'zod'`,
    ],
    [`${modules}/webhooks/a.ts`, `import { x } from '#platform/clock'; import type { C } from '../../config.ts'`],
    ['packages/routing/src/a.ts', `import type { X } from '@qiao/protocol'`],
    ['packages/channels/src/email/a.ts', `import { parseMail } from '@qiao/mail'`],
    ['packages/mail/src/a.ts', `import { createHash } from 'node:crypto'; import iconv from 'iconv-lite'`],
    [`${modules}/contacts/a.it.test.ts`, `import { x } from '#conversations'`],
    ['apps/server/src/main.ts', `import { x } from '#conversations'; import { y } from './modules/contacts/routes.ts'`],
  ])('while %s: %s is allowed', (path, text) => expect(from(path, text)).toEqual([]))

  test('a channel that is named', () => {
    const named = parse(`${modules}/conversations/a.ts`, `if (channel === 'whatsapp') send()`)
    const own = [parse('packages/channels/src/pigeon/index.ts', ''), parse(`${modules}/calls/a.ts`, `x['pigeon']`)]
    expect(channelLiterals([named])).toHaveLength(1)
    expect(channelLiterals(own)).toHaveLength(1)
  })

  test('a second reader of the environment', () => {
    expect(environmentReaders([parse(`${modules}/access/a.ts`, `const x = process.env.HOME`)])).toHaveLength(1)
    expect(environmentReaders([parse('apps/server/src/config.ts', `const x = process.env`)])).toEqual([])
  })

  test.each([`import { request } from 'undici'`, `await fetch(url)`, `globalThis.fetch(url)`, `import 'node:https'`])(
    'an HTTP client without a guard: %s',
    (text) => {
      expect(otherHttpClients([parse(`${modules}/webhooks/a.ts`, text)])).toHaveLength(1)
      expect(otherHttpClients([parse('apps/server/src/platform/safe-fetch.ts', text)])).toEqual([])
    },
  )

  test('names that say nothing', () => {
    const names = ['utils.ts', 'utils/dates.ts', 'date-utils.ts', 'common/a.ts', 'socket-manager.ts', 'helpers.tsx']
    expect(emptyFileNames(names.map((name) => parse(`apps/widget/src/${name}`, '')))).toHaveLength(names.length)
    expect(
      emptyFileNames([parse('apps/widget/src/command.ts', ''), parse('apps/widget/src/helpcenter.ts', '')]),
    ).toEqual([])
  })

  test('long files', () => {
    const ofLines = (...counts: number[]) =>
      counts.map((lines, index): SourceFile => Object.assign(parse(`apps/server/src/f${index}.ts`, ''), { lines }))
    expect(tooLong(ofLines(10, 20, 401))).toEqual(['apps/server/src/f2.ts has 401 lines, more than 400'])
    expect(tooLong(ofLines(10, 71, 80))).toEqual(['the median file has 71 lines, more than 70'])
    expect(tooLong(ofLines(...Array<number>(18).fill(10), 231, 232))).toEqual([
      '5 % of the files have more than 230 lines (231)',
    ])
    expect(tooLong(ofLines(...Array<number>(18).fill(10), 60, 232))).toEqual([])
  })

  test('a class that two features define', () => {
    const of = (folder: string, text: string) => ({ path: `apps/workspace/src/${folder}/a.css`, text })
    expect(
      classesOfTwo([
        of('shared', '.q-field {}'),
        of('features/inbox/panel', '@media (width < 9px) { p, .q-field dt {} }'),
      ]),
    ).toEqual(['.q-field is defined by apps/workspace/src/features/inbox and apps/workspace/src/shared'])
    expect(
      classesOfTwo([of('features/settings/a', '.st-b {}'), of('features/settings/c', '.st-b:hover {}')]),
    ).toHaveLength(1)
    expect(
      classesOfTwo([
        of('shared', '.q-field { color: red }'),
        of('features/inbox', '/* .q-field {} */ .q-panel .q-field {} .q-note {}'),
        of('features/inbox/panel', '.q-note b {}'),
      ]),
    ).toEqual([])
  })

  test('a rule of one feature for all of them', () => {
    const text =
      '.q-a:is(.is-b, em) {} .is-late em, .q-a {} @media print { p {} } @keyframes x { from { top: 0 } 50% {} }'
    expect(rulesForAll([{ path: 'apps/workspace/src/features/board/a.css', text }])).toEqual([
      'apps/workspace/src/features/board/a.css has a rule for every ".is-late em"',
      'apps/workspace/src/features/board/a.css has a rule for every "p"',
    ])
    expect(rulesForAll([{ path: 'apps/workspace/src/shared/base.css', text }])).toEqual([])
  })

  test('every module has one place', () => expect(new Set(moduleOrder.flat()).size).toBe(moduleOrder.flat().length))
})
