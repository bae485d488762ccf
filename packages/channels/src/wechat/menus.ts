import type { AccountMenu, MenuEntry } from '@qiao/protocol'
import { z } from 'zod'
import type { Context, Menus } from '../contract.ts'
import { callApi, problemOf } from '../families/wechat/api.ts'
import { platform } from '../families/wechat/platform.ts'
import { problem } from '../families/wechat/words.ts'
import { speakable } from '../speakable.ts'
import { toJson } from '../without-undefined.ts'
import type { Config } from './config.ts'
import { menuKinds } from './menu-kinds.ts'

/**
 * The menu of the account (自定义菜单). Those that WeChat's own page made, and those for some customers only, are not told.
 * https://developers.weixin.qq.com/doc/service/api/custommenu/api_createcustommenu (2026-11)
 */
/** The key of an entry by which customers say something: what it is comes back with the press, and nothing has to be kept. */
const talkPrefix = 'QIAO_TALK:'
export const wordsOfKey = (key: string | undefined): string | null =>
  key?.startsWith(talkPrefix) && key.trim().length > talkPrefix.length ? key.slice(talkPrefix.length) : null

const mostKey = 128
const bytes = (most: number) => ({ most, unit: 'bytes' as const })
export const menus: Menus<Config> = {
  limits: {
    entries: 3,
    below: 5,
    label: bytes(16),
    labelBelow: bytes(60),
    key: bytes(mostKey),
    url: bytes(1024),
    words: bytes(mostKey - talkPrefix.length),
  },
  kinds: menuKinds,
  get: getMenu,
  set: setMenu,
}

const button = z.looseObject({
  type: z.string().catch(''),
  name: z.string(),
  key: z.string().optional().catch(undefined),
  url: z.string().optional().catch(undefined),
})
type Button = z.infer<typeof button>
const answered = z.object({
  menu: z.object({ button: z.array(button.extend({ sub_button: z.array(button).catch([]) })) }),
})

const noMenu = 46_003

async function getMenu(context: Context<Config>): ReturnType<Menus<Config>['get']> {
  const answer = await callApi(context, platform, { path: 'cgi-bin/menu/get' })
  if (answer.kind === 'refused' && answer.code === noMenu) return null
  if (answer.kind !== 'ok') return problemOf(answer)
  const parsed = answered.safeParse(answer.value)
  if (!parsed.success) return problem('provider-failed', 'The menu has another form than WeChat describes')
  const entries = parsed.data.menu.button.map(({ sub_button: below, ...own }) =>
    below.length > 0 ? { label: own.name, entries: below.map(entryOf) } : entryOf(own),
  )
  return { entries }
}

function entryOf({ name: label, type, key, url, ...more }: Button): MenuEntry {
  const words = type === 'click' ? wordsOfKey(key) : null
  if (words !== null) return { label, does: { kind: 'talk', words } }
  if (type === 'click' && key !== undefined) return { label, does: { kind: 'press', key } }
  if (type === 'view' && url !== undefined) return { label, does: { kind: 'open', url } }
  const { sub_button: _none, ...others } = more
  const data = toJson({ ...others, ...(key === undefined ? {} : { key }), ...(url === undefined ? {} : { url }) })
  return { label, does: { kind: 'other', name: type, data } }
}

async function setMenu(menu: AccountMenu | null, context: Context<Config>): ReturnType<Menus<Config>['set']> {
  const call = menu
    ? { path: 'cgi-bin/menu/create', json: { button: menu.entries.map(buttonOf) } }
    : { path: 'cgi-bin/menu/delete' }
  const answer = await callApi(context, platform, call)
  return answer.kind === 'ok' ? null : problemOf(answer)
}

function buttonOf(entry: AccountMenu['entries'][number]): object {
  const name = speakable(entry.label)
  if ('entries' in entry) return { name, sub_button: entry.entries.map(buttonOf) }
  const { does } = entry
  switch (does.kind) {
    case 'press':
      return { type: 'click', name, key: speakable(does.key) }
    case 'talk':
      return { type: 'click', name, key: talkPrefix + speakable(does.words) }
    case 'open':
      return { type: 'view', name, url: does.url }
    default:
      return { ...does.data, type: does.name, name }
  }
}
