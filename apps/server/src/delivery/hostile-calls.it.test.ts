import { channels } from '@qiao/channels'
import { createLog } from '#platform/log'
import { describe, expect, test, vi } from 'vitest'
import { freePort } from '../../../../bench/support/server-process.ts'
import { startCompany } from '../testing/company.ts'
import { connectSimulator, startSimulator } from '../testing/connect-simulator.ts'
import { type HeardCall, listeningWire } from '../testing/listening-wire.ts'
import { until } from '../testing/parrot-company.ts'

vi.setConfig({ testTimeout: 60_000 })
const logged: string[] = []
const log = createLog({ level: 'trace', destination: { write: (line) => void logged.push(line) } })
const port = await freePort()
const wire = await listeningWire(`http://127.0.0.1:${port}`)
const company = await startCompany({ QIAO_ROLES: 'web,worker', PORT: String(port), QIAO_URL: wire.url }, { log })
const { must, admin, pool } = company

const laughs = (name: string, inner: string): string => `<!ENTITY ${name} "${inner.repeat(10)}">`
const bombs = {
  nothing: '',
  'no sense': '\u0000\u0001\u0002',
  'half of JSON': '{"events":[{"id":"1","messa',
  'a file of ours':
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><xml><Content>&b;</Content></xml>',
  'a billion laughs': `<?xml version="1.0"?><!DOCTYPE a [${laughs('a', 'ha')}${laughs('b', '&a;')}${laughs('c', '&b;')}${laughs('d', '&c;')}]><xml><Content>&d;</Content></xml>`,
  'a deep list': `{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}`,
  'deep elements': `<xml>${'<a>'.repeat(20_000)}${'</a>'.repeat(20_000)}</xml>`,
  'half a million fields': JSON.stringify(Object.fromEntries(Array.from({ length: 100_000 }, (_, n) => [`f${n}`, n]))),
  'a name that is none': '{"__proto__":{"isAdmin":true},"constructor":{"prototype":{"isAdmin":true}}}',
}
const strangers = {
  ...bombs,
  'words in GBK': Buffer.from('7b2261223a22cbcd22', 'hex'),
  'broken UTF-8': Buffer.from([0xff, 0xfe, 0xc3]),
}

const received = async (inboxId: string): Promise<number> => {
  const { rows } = await pool.query<{ count: number }>(
    `select count(*)::int from entries join conversations as c on c.id = conversation_id
     where c.inbox_id = $1 and kind = 'message.received'`,
    [inboxId],
  )
  return rows[0]?.count ?? 0
}

const withWebhook = channels.filter(({ webhook, about }) => webhook && about.id !== 'email')

describe.each(withWebhook.map(({ about }) => about.id))('%s', (id) => {
  test('what is forged, cut, said again or made to hurt changes nothing, and no secret is told', async () => {
    const simulator = await startSimulator(id)
    const inbox = await connectSimulator(company, id, simulator)
    wire.heard.length = 0
    await inbox.write('wang', 'the only thing that was said')
    await simulator.settled()
    const calls = wire.heard.filter(({ method }) => method === 'POST')
    expect(calls.length).toBeGreaterThan(0)

    const statuses: Record<string, number> = {}
    const say = async (name: string, call: HeardCall): Promise<void> => {
      statuses[name] = (await wire.call(call)).status
    }
    for (const [at, call] of calls.slice(0, 2).entries()) {
      expect((await wire.call(call)).status).toBeLessThan(300)
      await say(`${at} cut short`, { ...call, body: call.body.subarray(0, call.body.length / 2) })
      await say(`${at} without its headers`, { ...call, headers: { 'content-type': 'application/json' } })
      await say(`${at} without its query`, { ...call, path: call.path.split('?')[0] ?? '' })
      await say(`${at} too large`, { ...call, body: Buffer.alloc(8_388_609, 0x20) })
      for (const [name, body] of Object.entries(strangers))
        await say(`${at} ${name}`, { ...call, body: Buffer.from(body as string) })
    }
    // Ours never are: neither an error nor a pause that a provider would take for one.
    expect(Object.entries(statuses).filter(([, status]) => status >= 500)).toEqual([])
    const tooLarge = Object.entries(statuses).filter(([name]) => name.endsWith('too large'))
    expect(new Set(tooLarge.map(([, status]) => status))).toEqual(new Set([413]))

    await inbox.write('wang', 'and one more')
    await until(async () => (await received(inbox.id)) >= 2)
    await simulator.settled()
    expect(await received(inbox.id)).toBe(2)
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined()
    const { rows } = await pool.query(`select from channel_events where inbox_id = $1 and state = 'failed'`, [inbox.id])
    expect(rows).toEqual([])
    const secrets = await must('GET', `/api/v1/inboxes/${inbox.id}/account`, admin.credentials)
    const status = await company.call('GET', `/api/v1/inboxes/${inbox.id}/account/status`, admin.credentials)
    const { config } = simulator
    const kept = (secrets as { secretsSet: string[] }).secretsSet.map((name) => String(config[name]))
    expect(kept.length).toBeGreaterThan(0)
    expect(logged.some((line) => line.includes(inbox.id) && line.includes('was refused'))).toBe(true)
    for (const secret of kept) {
      expect(logged.filter((line) => line.includes(secret))).toEqual([])
      expect(status.text).not.toContain(secret)
    }
    await simulator.stop()
  })
})
