import type { Words } from '@qiao/channels'
import type { AccountMenu } from '@qiao/protocol'

/** How the phones of a channel look and what can be done on them besides writing. Ours, not the providers' own. */

export interface Look {
  /** Chooses colours and shapes in pages/phones/phones.css. */
  family: 'bubbles' | 'ticks' | 'plain' | 'texting' | 'bare'
  /** Which of the demo's shops its customers write to. */
  shop: 'zh' | 'en'
  acts: readonly Act[]
  /** Put up at every start; from then on it is whatever administrators make of it. */
  menu?: AccountMenu
  /** The act by which an address or a code is opened that somebody was given. */
  opens?: string
}
interface Act {
  /** As the simulator knows it. */
  act: string
  words: Words
}

const act = (name: string, zh: string, en: string): Act => ({ act: name, words: { zh, en } })
const press = (label: string, key: string) => ({ label, does: { kind: 'press' as const, key } })
const block = act('block', '屏蔽商家', 'Block')
const unblock = act('unblock', '解除屏蔽', 'Unblock')
const like = act('react:👍', '点赞最近一条', 'Like the latest')
const recall = act('recall', '撤回最近一条', 'Take the latest back')
const refuse = act('refuse', '拒收消息', 'Refuse messages')
const allow = act('allow', '恢复接收', 'Allow messages')

const switchOff = act('off', '关机', 'Switch off')
const switchOn = act('on', '开机', 'Switch on')

const looks: Readonly<Record<string, Look>> = {
  wechat: {
    family: 'bubbles',
    shop: 'zh',
    acts: [
      act('follow', '关注', 'Follow'),
      act('unfollow', '取消关注', 'Unfollow'),
      act('scan:shop-window', '扫橱窗二维码', 'Scan the code in the window'),
      refuse,
      allow,
    ],
    opens: 'scan',
    menu: {
      entries: [
        press('我的订单', 'orders'),
        press('联系客服', 'care'),
        {
          label: '更多',
          entries: [
            { label: '官网', does: { kind: 'open', url: 'https://camellia.example/' } },
            { label: '附近门店', does: { kind: 'other', name: 'location_select', data: { key: 'stores' } } },
          ],
        },
      ],
    },
  },
  'wechat-mini': {
    family: 'bubbles',
    shop: 'zh',
    acts: [act('enter', '进入客服会话', 'Enter the chat'), refuse, allow],
  },
  wecom: {
    family: 'bubbles',
    shop: 'zh',
    opens: 'open',
    acts: [
      act('enter:shop', '从店铺进入', 'Enter from the shop'),
      recall,
      refuse,
      allow,
      act('end', '结束会话', 'End'),
    ],
  },
  whatsapp: {
    family: 'ticks',
    shop: 'en',
    acts: [like, recall, act('ad:I saw your ad', '从广告进入', 'Come by an ad'), block, unblock],
  },
  telegram: {
    family: 'plain',
    shop: 'en',
    acts: [
      act('start:window', '扫码开始', 'Start by a code'),
      like,
      act('contact', '分享手机号', 'Share my number'),
      block,
      unblock,
    ],
  },
  messenger: {
    family: 'plain',
    shop: 'en',
    acts: [act('link:window', '扫码进入', 'Come by a code'), like, block, unblock],
  },
  instagram: {
    family: 'plain',
    shop: 'en',
    acts: [
      act('link:window', '扫码进入', 'Come by a code'),
      act('comment:How much is it?', '在帖子下评论', 'Comment under a post'),
      act('mention:@shop is this yours?', '在别处提及', 'Mention elsewhere'),
      act('story-mention', '快拍提及', 'Mention in a story'),
      like,
      recall,
      block,
      unblock,
    ],
  },
  aliyun: { family: 'texting', shop: 'zh', acts: [switchOff, switchOn] },
  tencent: { family: 'texting', shop: 'zh', acts: [switchOff, switchOn] },
  twilio: {
    family: 'texting',
    shop: 'en',
    acts: [act('stop', '回复 STOP', 'Reply STOP'), act('start', '回复 START', 'Reply START')],
  },
  email: {
    family: 'plain',
    shop: 'zh',
    acts: [
      act('new', '写一封新邮件', 'Write about something new'),
      act('absent', '开启自动回复', 'Be away'),
      act('present', '关闭自动回复', 'Be back'),
      act('bounce', '停用地址', 'Give the address up'),
      act('allow', '恢复地址', 'Have it back'),
    ],
  },
  smpp: { family: 'texting', shop: 'zh', acts: [act('stop', '回复 TD', 'Reply TD')] },
  'open-channel': {
    family: 'bare',
    shop: 'zh',
    acts: [
      act('visit:cart', '打开购物车', 'Open the cart'),
      act('typing', '正在输入', 'Type'),
      like,
      recall,
      act('stop', '不再接收', 'Opt out'),
      act('start', '恢复接收', 'Opt in'),
      block,
      unblock,
    ],
  },
}
const ofOthers: Look = { family: 'plain', shop: 'en', acts: [] }

export const lookOf = (channelId: string): Look => looks[channelId] ?? ofOthers

const order = Object.keys(looks)
/** The commonest first, channels without a line above before the last. */
export const rankOf = (channelId: string): number =>
  order.includes(channelId) ? order.indexOf(channelId) : order.length - 1.5

/** Whether a phone of the playground can do so; the simulators know more, such as joining a chat of others. */
export const isOffered = (channelId: string, wanted: string): boolean => {
  const { acts, opens } = lookOf(channelId)
  const opened = opens !== undefined && new RegExp(`^${opens}:https?://`, 'u').test(wanted)
  return opened || wanted.startsWith('press:') || acts.some(({ act: name }) => name === wanted)
}
