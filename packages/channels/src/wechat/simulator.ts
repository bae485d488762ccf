import type { Said } from '../simulator.ts'
import { type Kind, type PlatformOptions, startPlatform, twoDaysMs } from '../families/wechat/platform-simulator.ts'
import { ok, shown, uploadLimits, type XmlFields } from '../families/wechat/simulator.ts'
import { messageDoubt, shownOf } from './simulator-rules.ts'
import { createCodes } from './simulator-codes.ts'
import { createMenu, menuEvent } from './simulator-menus.ts'
import { createTemplates } from './simulator-templates.ts'

/**
 * An official account. Acts: `follow`, `follow:SCENE`, `unfollow`, `scan:SCENE` (or the address of a code for both), `click:KEY`, `view:URL`, `press:OPTION`,
 * `program:PAGE`, `menu:KIND:KEY`, `sticker`, `link:URL`, `refuse`, `allow` (messages of the account), `accept-notice:TEMPLATE`, `refuse-notice:TEMPLATE`.
 */
export const startSimulator = (options: PlatformOptions = {}) => startPlatform(officialAccount(), options)

const minute = 60_000

type Act = (...call: Parameters<Kind['act']>) => XmlFields

function officialAccount(): Kind {
  const templates = createTemplates()
  const menu = createMenu()
  const codes = createCodes()
  const follow: Act = (customer, _, scanned, { now }) => {
    const scene = codes.sceneOf(scanned, now())
    customer.following = true
    customer.allowances.allow('follow', minute, 3)
    return { Event: 'subscribe', EventKey: scene ? `qrscene_${scene}` : '', ...(scene ? { Ticket: 'gQH1' } : {}) }
  }
  const acts: Readonly<Record<string, Act>> = {
    follow,
    unfollow(customer) {
      customer.following = false
      customer.allowances.shut()
      return { Event: 'unsubscribe', EventKey: '' }
    },
    scan(customer, act, scanned, world) {
      // Whoever does not follow yet is asked to, and the code counts as what led there.
      if (!customer.following) return follow(customer, act, scanned, world)
      const { now } = world
      const scene = codes.sceneOf(scanned, now())
      customer.allowances.allow('scan', minute, 3)
      return { Event: 'SCAN', EventKey: scene, Ticket: 'gQH1' }
    },
    click(customer, _, key) {
      customer.allowances.allow('click', minute, 3)
      return { Event: 'CLICK', EventKey: key }
    },
    view: (_customer, _, url) => ({ Event: 'VIEW', EventKey: url, MenuId: 1 }),
    program: (_customer, _, page) => ({ Event: 'view_miniprogram', EventKey: page, MenuId: 1 }),
    menu(customer, _, detail) {
      customer.allowances.allow('click', minute, 3)
      return menuEvent(detail)
    },
    sticker(customer) {
      customer.allowances.allow('message', twoDaysMs, 5)
      return { MsgType: 'text', Content: '【收到不支持的消息类型，暂无法显示】' }
    },
    link(customer, _, url) {
      customer.allowances.allow('message', twoDaysMs, 5)
      return { MsgType: 'link', Title: '文章', Description: '看看这个', Url: url }
    },
    'accept-notice'(customer, _, template) {
      templates.agree(customer, template)
      return noticeAnswer(template, 'accept')
    },
    'refuse-notice': (_customer, _, template) => noticeAnswer(template, 'reject'),
  }
  return {
    appId: 'wx0123456789abcdef',
    unavailable: '该公众号暂时无法提供服务，请稍后再试',
    answers: true,
    uploads: uploadLimits,
    typingPath: 'cgi-bin/message/custom/typing',
    doubt: messageDoubt,
    menu: menu.shown,
    show: shownOf,
    contentOf,
    act(customer, act, detail, world) {
      const fields = acts[act]?.(customer, act, detail, world)
      if (!fields) return false
      const id = world.tell(customer, { MsgType: 'event', ...fields })
      customer.screen.push(shown(world.now, { id, mine: true, type: 'act', text: `${act} ${detail}`.trim() }))
      return true
    },
    handle(path, body, world) {
      switch (path) {
        case 'cgi-bin/customservice/getkflist':
          return ok({ kf_list: [] })
        case 'cgi-bin/user/info': {
          const customer = world.customer(body.openid)
          if (!customer) return world.refuse(40_003, 'invalid openid')
          if (!customer.following) return ok({ subscribe: 0, openid: customer.address })
          const names = { nickname: '', headimgurl: '', language: 'zh_CN', remark: '' }
          const code = { subscribe_scene: 'ADD_SCENE_QR_CODE', qr_scene_str: 'shop' }
          return ok({ subscribe: 1, openid: customer.address, unionid: customer.unionId, ...names, ...code })
        }
        default:
          return (
            templates.handle(path, body, world) ?? menu.handle(path, body, world) ?? codes.handle(path, body, world)
          )
      }
    },
  }
}

const noticeAnswer = (template: string, status: string): XmlFields => ({
  Event: 'subscribe_msg_popup_event',
  SubscribeMsgPopupEvent: { List: { TemplateId: template, SubscribeStatusString: status, PopupScene: 1 } },
})

function contentOf(said: Said, id: string, url: string): XmlFields | null {
  switch (said.type) {
    case 'text':
      return { MsgType: 'text', Content: said.text }
    case 'image':
      return { MsgType: 'image', PicUrl: url, MediaId: id }
    case 'audio':
      return { MsgType: 'voice', MediaId: id, Format: 'amr' }
    case 'video':
      return { MsgType: 'video', MediaId: id, ThumbMediaId: id }
    case 'location': {
      const { latitude, longitude, title = '' } = said
      return { MsgType: 'location', Location_X: latitude, Location_Y: longitude, Scale: 16, Label: title }
    }
    default:
      return null
  }
}
