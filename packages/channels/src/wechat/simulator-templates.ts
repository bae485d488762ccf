import { isObject } from '../json.ts'
import type { Body, Customer, World } from '../families/wechat/platform-simulator.ts'
import { ok, shown } from '../families/wechat/simulator.ts'

/** Templates of an official account, and notices that customers agree to one by one. */

const minute = 60_000
const keysIn = (content: string): string[] => [...content.matchAll(/\{\{(\w+)\.DATA\}\}/gu)].map(([, key = '']) => key)
const valueIn = (data: unknown, key: string): string => {
  const field = isObject(data) ? data[key] : undefined
  return isObject(field) && typeof field.value === 'string' ? field.value : ''
}
const hasAll = (data: unknown, keys: readonly string[]): boolean => keys.every((key) => valueIn(data, key) !== '')
const filled = (content: string, data: unknown): string =>
  content.replaceAll(/\{\{(\w+)\.DATA\}\}/gu, (_, key: string) => valueIn(data, key))

export function createTemplates() {
  const templates = [
    {
      template_id: 'order_sent',
      title: '发货通知',
      primary_industry: '零售',
      deputy_industry: '',
      content: '订单号：{{character_string1.DATA}}\n状态：{{phrase2.DATA}}',
      example: '',
    },
  ]
  const notices = [
    { priTmplId: 'sub_ready', title: '取货提醒', content: '门店:{{thing1.DATA}}\n', example: '', type: 2 },
  ]
  const agreed = new Map<string, number>()
  const repeats = new Map<string, number>()
  let last = 200_228_332_000_000_000n
  // A number that no double can hold.
  const answered = (id: string) => ({ ...ok({}), body: `{"errcode":0,"errmsg":"ok","msgid":${id}}` })
  const nextId = (): string => String((last += 1n))

  function sendTemplate(body: Body, customer: Customer, world: World) {
    const template = templates.find(({ template_id: id }) => id === body.template_id)
    if (!template) return world.refuse(40_037, 'invalid template_id')
    if (!hasAll(body.data, keysIn(template.content))) return world.refuse(47_003, 'argument invalid')
    if (!customer.following) return world.refuse(43_004, 'require subscribe')
    const key = `${customer.address} ${String(body.client_msg_id)}`
    const at = world.now().getTime()
    const repeated = (repeats.get(key) ?? 0) > at
    repeats.set(key, at + 10 * minute)
    const id = nextId()
    if (repeated) return answered(id)
    const text = filled(template.content, body.data)
    if (!customer.refusing) customer.screen.push(shown(world.now, { id, mine: false, type: 'template', text }))
    const status = customer.refusing ? 'failed:user block' : 'success'
    world.tell(customer, { MsgType: 'event', Event: 'TEMPLATESENDJOBFINISH', MsgID: id, Status: status })
    return answered(id)
  }
  function sendNotice(body: Body, customer: Customer, world: World) {
    const notice = notices.find(({ priTmplId: id }) => id === body.template_id)
    if (!notice) return world.refuse(40_037, 'invalid template_id')
    const key = `${customer.address} ${notice.priTmplId}`
    const left = agreed.get(key) ?? 0
    if (left === 0) return world.refuse(43_101, 'user refuse to accept the msg')
    if (!hasAll(body.data, keysIn(notice.content))) return world.refuse(47_003, 'argument invalid')
    agreed.set(key, left - 1)
    const id = nextId()
    const text = filled(notice.content, body.data)
    customer.screen.push(shown(world.now, { id, mine: false, type: 'template', text }))
    const one = { TemplateId: notice.priTmplId, MsgID: id, ErrorCode: 0, ErrorStatus: 'success' }
    world.tell(customer, {
      MsgType: 'event',
      Event: 'subscribe_msg_sent_event',
      SubscribeMsgSentEvent: { List: one },
    })
    return answered(id)
  }
  return {
    agree: ({ address }: Customer, template: string) =>
      void agreed.set(`${address} ${template}`, 1 + (agreed.get(`${address} ${template}`) ?? 0)),
    /** Null for paths that are about something else. */
    handle(path: string, body: Body, world: World) {
      switch (path) {
        case 'cgi-bin/template/get_all_private_template':
          return ok({ template_list: templates })
        case 'wxaapi/newtmpl/gettemplate':
          return ok({ errcode: 0, errmsg: 'ok', data: notices })
        case 'cgi-bin/template/del_private_template':
          return remove(templates, ({ template_id: id }) => id === body.template_id, world)
        case 'wxaapi/newtmpl/deltemplate':
          return remove(notices, ({ priTmplId: id }) => id === body.priTmplId, world)
        case 'cgi-bin/message/template/send':
        case 'cgi-bin/message/subscribe/bizsend': {
          const customer = world.customer(body.touser)
          if (!customer) return world.refuse(40_003, 'invalid openid')
          return (path.endsWith('bizsend') ? sendNotice : sendTemplate)(body, customer, world)
        }
        default:
          return null
      }
    },
  }
}

function remove<Item>(from: Item[], is: (item: Item) => boolean, world: World) {
  const at = from.findIndex(is)
  if (at === -1) return world.refuse(40_037, 'invalid template_id')
  from.splice(at, 1)
  return ok({ errcode: 0, errmsg: 'ok' })
}
