import type { Said } from '../simulator.ts'
import { type Kind, type PlatformOptions, startPlatform, twoDaysMs } from '../families/wechat/platform-simulator.ts'
import { shown, uploadLimits, type XmlFields } from '../families/wechat/simulator.ts'
import { messageDoubt, shownOf } from './simulator-rules.ts'

/** A mini program that sends JSON. Acts: `enter`, `enter:SESSION-FROM`, `page:TITLE`, `refuse`, `allow`. */
export const startSimulator = (options: PlatformOptions = {}) =>
  startPlatform(miniProgram, { format: 'json', ...options })

const miniProgram: Kind = {
  appId: 'wxfedcba9876543210',
  unavailable: '该小程序客服暂时无法提供服务，请稍后再试',
  uploads: { image: uploadLimits.image },
  typingPath: 'cgi-bin/message/custom/business/typing',
  doubt: messageDoubt,
  show: shownOf,
  contentOf,
  act(customer, act, detail, world) {
    if (act !== 'enter' && act !== 'page') return false
    if (act === 'enter') customer.allowances.allow('enter', 60_000, 2)
    else customer.allowances.allow('message', twoDaysMs, 5)
    const id = world.tell(
      customer,
      act === 'enter'
        ? { MsgType: 'event', Event: 'user_enter_tempsession', SessionFrom: detail }
        : { MsgType: 'miniprogrampage', Title: detail, AppId: 'wx1', PagePath: 'pages/a', ThumbUrl: 'https://a.cn/t' },
    )
    customer.screen.push(shown(world.now, { id, mine: true, type: act, text: detail }))
    return true
  },
  handle: () => null,
}

function contentOf(said: Said, id: string, url: string): XmlFields | null {
  if (said.type === 'text') return { MsgType: 'text', Content: said.text }
  return said.type === 'image' ? { MsgType: 'image', PicUrl: url, MediaId: id } : null
}
