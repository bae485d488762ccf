import { defineWords } from '../../shared/i18n.ts'

const zh = {
  queued: '发送中',
  failed: '未送达',
  unknown: '不确定是否送达',
  elsewhere: '来自渠道方应用',
  resend: '重新发送',
  resendAsk: '客户可能已经收到。仍要再发一次吗？',
  dismiss: '不再提示',
  dismissed: '已忽略',
  'unreached.edit': '客户看到的仍是修改前的内容',
  'unreached.recall': '客户仍能看到这条消息',
  'strip.left': '还可回复 {{count}} 条，{{time}} 前有效',
  'strip.until': '可回复至 {{time}}',
  'strip.people': '常规时限已过，人工回复可至 {{time}}',
  'strip.shut': '暂不能回复：{{why}}。',
  'strip.template': '可以发送模板消息。',
  'problem.window-closed': '已超过该渠道允许回复的时间',
  'problem.quota-used': '本轮可发送的条数已用完',
  'problem.opted-out': '客户已退订',
  'problem.blocked-us': '客户已屏蔽或取消关注',
  'problem.unreachable': '客户无法接收，例如已关机或空号',
  'problem.address-unknown': '该渠道没有这个客户',
  'problem.not-permitted': '账号没有这项权限',
  'problem.credentials-refused': '渠道凭证无效，请管理员检查',
  'problem.account-restricted': '渠道账号受限，请管理员处理',
  'problem.payment-needed': '渠道余额不足，请管理员充值',
  'problem.content-refused': '内容未通过渠道审核',
  'problem.too-long': '文字过长',
  'problem.too-large': '文件过大',
  'problem.media-refused': '渠道不接受这个文件',
  'problem.media-gone': '文件已失效',
  'problem.template-refused': '模板不可用',
  'problem.unsupported': '渠道不支持这种内容',
  'problem.rate-limited': '发送过于频繁',
  'problem.provider-failed': '渠道方出错',
  'problem.no-answer': '渠道方没有回应',
  'problem.not-connected': '渠道尚未接通，请管理员检查',
  'problem.callback-wrong': '回调地址有误，请管理员检查',
}

const en: Record<keyof typeof zh, string> = {
  queued: 'Sending',
  failed: 'Not delivered',
  unknown: 'May not have arrived',
  elsewhere: "From the provider's own app",
  resend: 'Send again',
  resendAsk: 'The customer may have it already. Send it once more?',
  dismiss: 'Leave it',
  dismissed: 'Left as it is',
  'unreached.edit': 'The customer still sees it as it was',
  'unreached.recall': 'The customer still sees this message',
  'strip.left': 'Replies left: {{count}}, until {{time}}',
  'strip.until': 'Replies are possible until {{time}}',
  'strip.people': 'The ordinary time is over; people may answer until {{time}}',
  'strip.shut': 'No reply is possible: {{why}}.',
  'strip.template': 'A template can be sent.',
  'problem.window-closed': 'the time in which this channel allows replies is over',
  'problem.quota-used': 'no more messages are allowed until the customer writes',
  'problem.opted-out': 'the customer does not want messages',
  'problem.blocked-us': 'the customer has blocked or left the account',
  'problem.unreachable': 'the customer cannot be reached',
  'problem.address-unknown': 'this channel does not know the customer',
  'problem.not-permitted': 'the account is not allowed to do this',
  'problem.credentials-refused': 'the channel refuses our credentials; tell an administrator',
  'problem.account-restricted': 'the account is restricted; tell an administrator',
  'problem.payment-needed': 'the account has no credit left; tell an administrator',
  'problem.content-refused': 'the channel refuses this content',
  'problem.too-long': 'the text is too long',
  'problem.too-large': 'the file is too large',
  'problem.media-refused': 'the channel does not take this file',
  'problem.media-gone': 'the file is not available any more',
  'problem.template-refused': 'the template cannot be used',
  'problem.unsupported': 'the channel cannot carry this content',
  'problem.rate-limited': 'too much was sent at once',
  'problem.provider-failed': 'the provider had an error',
  'problem.no-answer': 'the provider did not answer',
  'problem.not-connected': 'the channel is not connected; tell an administrator',
  'problem.callback-wrong': 'the callback address is wrong; tell an administrator',
}

export type DeliveryKey = keyof typeof zh
export const deliveryWords = defineWords('delivery', { 'zh-CN': zh, en })

const isKey = (key: string): key is DeliveryKey => key in zh

/** Words for a problem's code; a code of a later server is told as the most general one. */
export function problemKey(code: string): DeliveryKey {
  const key = `problem.${code}`
  return isKey(key) ? key : 'problem.provider-failed'
}
