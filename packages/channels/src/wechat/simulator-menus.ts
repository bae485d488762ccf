import { isObject } from '../json.ts'
import type { Body, World } from '../families/wechat/platform-simulator.ts'
import { ok, type XmlFields } from '../families/wechat/simulator.ts'
import { textIn } from '../families/wechat/words.ts'
import type { ShownMenuEntry } from '../simulator.ts'

/** The menu of the account, checked as documented: numbers, kinds and lengths in bytes, each with a code of its own. */

const objects = (value: unknown): Body[] => (Array.isArray(value) ? value.filter(isObject) : [])
const bytes = (value: unknown): number => Buffer.byteLength(textIn(value))
const pressed = [
  'click',
  'scancode_push',
  'scancode_waitmsg',
  'pic_sysphoto',
  'pic_photo_or_album',
  'pic_weixin',
  'location_select',
]
/** What each kind cannot be without. */
const needs: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(pressed.map((type) => [type, ['key']])),
  view: ['url'],
  miniprogram: ['url', 'appid', 'pagepath'],
  media_id: ['media_id'],
  view_limited: ['media_id'],
  article_id: ['article_id'],
  article_view_limited: ['article_id'],
}
const codes = {
  top: { count: [3, 40_016], type: 40_017, name: [16, 40_018], key: 40_019, url: 40_020 },
  below: { count: [5, 40_023], type: 40_024, name: [60, 40_025], key: 40_026, url: 40_027 },
} as const

function doubtOf(list: unknown, level: 'top' | 'below'): number | null {
  const { count, type: kind, name, key, url } = codes[level]
  const buttons = objects(list)
  if (buttons.length === 0 || buttons.length > count[0]) return count[1]
  for (const button of buttons) {
    if (bytes(button.name) === 0 || bytes(button.name) > name[0]) return name[1]
    if (button.sub_button !== undefined && objects(button.sub_button).length > 0) {
      const doubt = level === 'top' ? doubtOf(button.sub_button, 'below') : 40_022
      if (doubt !== null) return doubt
      continue
    }
    const needed = needs[textIn(button.type)]
    if (!needed || needed.some((field) => textIn(button[field]) === '')) return kind
    if (bytes(button.key) > 128) return key
    if (bytes(button.url) > 1024) return url
  }
  return null
}

/** As an act of the phone. */
function shownOf({ name, type, key, url, pagepath, ...more }: Body): { label: string; act: string } {
  const label = textIn(name)
  switch (type) {
    case 'click':
      return { label, act: `click:${textIn(key)}` }
    case 'view':
      return { label, act: `view:${textIn(url)}` }
    case 'miniprogram':
      return { label, act: `program:${textIn(pagepath)}` }
    default:
      return { label, act: `menu:${textIn(type)}:${textIn(key ?? more.media_id ?? more.article_id)}` }
  }
}

/** What WeChat tells of an entry that the phone does something for, led by its kind. */
export function menuEvent(detail: string): XmlFields {
  const [type = '', ...key] = detail.split(':')
  const event = { Event: type, EventKey: key.join(':') }
  return type.startsWith('scancode') ? { ...event, ScanCodeInfo: { ScanType: 'qrcode', ScanResult: '1' } } : event
}

export function createMenu() {
  let current: readonly Body[] | null = null
  return {
    shown: (): ShownMenuEntry[] =>
      (current ?? []).map((button) => {
        const below = objects(button.sub_button)
        return below.length > 0 ? { label: textIn(button.name), entries: below.map(shownOf) } : shownOf(button)
      }),
    /** Null for paths that are about something else. */
    handle(path: string, { button }: Body, world: World) {
      switch (path) {
        case 'cgi-bin/menu/create': {
          const doubt = doubtOf(button, 'top')
          if (doubt !== null) return world.refuse(doubt, 'invalid button')
          current = objects(button)
          return ok({ errcode: 0, errmsg: 'ok' })
        }
        case 'cgi-bin/menu/get': {
          if (!current) return world.refuse(46_003, 'menu no exist')
          return ok({ menu: { button: current.map((one) => ({ sub_button: [], ...one })) } })
        }
        case 'cgi-bin/menu/delete':
          current = null
          return ok({ errcode: 0, errmsg: 'ok' })
        default:
          return null
      }
    },
  }
}
