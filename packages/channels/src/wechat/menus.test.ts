import type { AccountMenu } from '@qiao/protocol'
import { afterEach, expect, test } from 'vitest'
import { errorAnswer, okAnswer, tokenAnswer } from '../families/wechat/kit.ts'
import { scriptedHttp, testContext } from '../test-context.ts'
import { startReceiver } from '../test-receiver.ts'
import { config } from './config.ts'
import { wechat } from './index.ts'
import { testConfig } from './kit.ts'
import { startSimulator } from './simulator.ts'

const running: { stop(): Promise<void> }[] = []
afterEach(async () => void (await Promise.all(running.splice(0).map((one) => one.stop()))))

async function connected() {
  const simulator = await startSimulator()
  running.push(simulator)
  const context = testContext(config.parse(simulator.config))
  return {
    simulator,
    get: () => wechat.menus?.get(context),
    set: (menu: AccountMenu | null) => wechat.menus?.set(menu, context),
  }
}
const press = (label: string, key = 'K') => ({ label, does: { kind: 'press' as const, key } })
const open = (label: string, url = 'https://a.cn/') => ({ label, does: { kind: 'open' as const, url } })
const other = (label: string, name: string, data: Record<string, string>) => ({
  label,
  does: { kind: 'other' as const, name, data },
})

test('a menu is put up, read as it was, replaced and taken away', async () => {
  const { simulator, get, set } = await connected()
  expect(await get()).toBeNull()
  const menu: AccountMenu = {
    entries: [
      press('联系客服', 'SERVICE'),
      { label: '更多', entries: [open('官网'), other('扫码', 'scancode_waitmsg', { key: 'SCAN' })] },
      other('商城', 'miniprogram', { url: 'https://a.cn/', appid: 'wx1', pagepath: 'pages/a' }),
    ],
  }
  expect(await set(menu)).toBeNull()
  expect(await get()).toEqual(menu)
  const shorter = { entries: [open('官网')] }
  expect(await set(shorter)).toBeNull()
  expect(await get()).toEqual(shorter)
  expect(await set(null)).toBeNull()
  expect(await get()).toBeNull()
  expect(simulator.refusals).toEqual(['46003', '46003'])
})

test('what fits the limits that it declares is taken, and nothing more', async () => {
  const { simulator, set } = await connected()
  const { entries, below, label, labelBelow, key, url } = wechat.menus?.limits ?? {}
  expect({ entries, below }).toEqual({ entries: 3, below: 5 })
  const letters = (limit: { most: number } | undefined, more = 0) => 'a'.repeat((limit?.most ?? 0) + more)
  const address = (more = 0) => `https://a.cn/${letters(url, more - 'https://a.cn/'.length)}`
  const times = <Item>(count: number | undefined, item: Item): Item[] => Array.from({ length: count ?? 0 }, () => item)
  const fullest = times(below, press(letters(labelBelow), letters(key)))
  expect(await set({ entries: times(entries, { label: letters(label), entries: fullest }) })).toBeNull()
  expect(await set({ entries: [open('a', address())] })).toBeNull()
  const one = press('a')
  const refused: [AccountMenu, string, string][] = [
    [{ entries: [] }, '40016', 'content-refused'],
    [{ entries: times(4, one) }, '40016', 'content-refused'],
    [{ entries: [press(letters(label, 1))] }, '40018', 'too-long'],
    [{ entries: [press('菜单菜单菜单')] }, '40018', 'too-long'],
    [{ entries: [press('a', letters(key, 1))] }, '40019', 'too-long'],
    [{ entries: [open('a', address(1))] }, '40020', 'too-long'],
    [{ entries: [{ label: 'a', entries: times(6, one) }] }, '40023', 'content-refused'],
    [{ entries: [{ label: 'a', entries: [press(letters(labelBelow, 1))] }] }, '40025', 'too-long'],
    [{ entries: [other('a', 'hologram', {})] }, '40017', 'content-refused'],
  ]
  for (const [menu, providerCode, code] of refused) expect(await set(menu)).toMatchObject({ code, providerCode })
  expect(simulator.refusals).toEqual(refused.map(([, code]) => code))
})

test.each([
  ['a refusal', errorAnswer(48_001), { code: 'not-permitted', providerCode: '48001' }],
  ['another form', okAnswer({ menu: 'none' }), { code: 'provider-failed' }],
])('%s to the question for the menu is told', async (_, answer, problem) => {
  const { http } = scriptedHttp([tokenAnswer(), answer])
  expect(await wechat.menus?.get(testContext(testConfig, { http }))).toMatchObject(problem)
})

test('the phone shows the menu, and what is pressed there is told', async () => {
  const { simulator, set } = await connected()
  const receiver = await startReceiver(wechat, config.parse(simulator.config))
  simulator.pointTo(receiver.url)
  running.push(receiver)
  expect(simulator.menu?.()).toEqual([])
  const below = [
    open('官网'),
    other('商城', 'miniprogram', { url: 'https://a.cn/', appid: 'wx1', pagepath: 'pages/a' }),
    other('扫码', 'scancode_push', { key: 'SCAN' }),
    other('位置', 'location_select', { key: 'WHERE' }),
  ]
  expect(await set({ entries: [press('联系客服', 'CARE'), { label: '更多', entries: below }] })).toBeNull()
  const shown = simulator.menu?.() ?? []
  expect(shown.map(({ label }) => label)).toEqual(['联系客服', '更多'])
  const acts = shown.flatMap((entry) => ('entries' in entry ? entry.entries : [entry]).map(({ act }) => act))
  for (const act of acts) await simulator.phone('Li').act(act)
  await simulator.settled()
  expect(receiver.of('acted').map(({ act, parameter }) => [act, parameter])).toEqual([
    ['click', 'CARE'],
    ['view', 'https://a.cn/'],
    ['view', 'pages/a'],
    ['click', 'SCAN'],
    ['menu', 'WHERE'],
  ])
})

test('an entry that says something comes back as what it was, and its press as words that open what a press opens', async () => {
  const { simulator, get, set } = await connected()
  const account = config.parse(simulator.config)
  const receiver = await startReceiver(wechat, account)
  running.push(receiver)
  simulator.pointTo(receiver.url)
  const menu: AccountMenu = { entries: [{ label: '联系客服', does: { kind: 'talk', words: '我要找人工客服' } }] }
  expect(await set(menu)).toBeNull()
  expect(await get()).toEqual(menu)
  const phone = simulator.phone('Li')
  const [entry] = simulator.menu?.() ?? []
  await phone.act(entry && 'act' in entry ? entry.act : '')
  await simulator.settled()
  const said = receiver.of('message')
  expect(said[0]).toMatchObject({
    content: { text: '我要找人工客服' },
    opens: 'click',
    from: { address: phone.address },
  })
  expect(receiver.of('acted')).toEqual([])
  // Without anything to say it is a press like any other.
  await phone.act('click:QIAO_TALK:')
  await simulator.settled()
  expect(receiver.of('acted')).toMatchObject([{ act: 'click' }])
})
