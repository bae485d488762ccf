import { defineWords } from '../../../shared/i18n.ts'

const zh = {
  said: '渠道方原话：{{said}}',
  code: '渠道方错误码：{{code}}',
  'window-closed': '已超过渠道允许回复的时间，需等客户再次来信。',
  'quota-used': '本轮可发送的条数已用完，需等客户再次来信。',
  'opted-out': '客户已退订，不再接收消息。',
  'blocked-us': '客户已屏蔽或取消关注。',
  unreachable: '客户无法接收，例如已关机或号码不存在。',
  'address-unknown': '渠道方没有这位客户。',
  'not-permitted': '账号没有这项权限，请在渠道方后台开通。',
  'credentials-refused': '渠道方不接受我们的密钥，请重新取得并更换。',
  'account-restricted': '渠道方限制了这个账号，请到渠道方后台处理。',
  'payment-needed': '账号余额不足，请到渠道方后台充值。',
  'content-refused': '内容未通过渠道方审核。',
  'too-long': '文字超出渠道上限。',
  'too-large': '文件超出渠道上限。',
  'media-refused': '渠道方不接受这个文件。',
  'media-gone': '文件在渠道方已失效。',
  'template-refused': '模板不可用，请检查审核状态。',
  unsupported: '渠道不支持这种内容。',
  'rate-limited': '发送过于频繁，系统会放慢后再试。',
  'provider-failed': '渠道方出错，系统会再试。',
  'no-answer': '渠道方没有回应，请检查接口地址和网络。',
  'not-connected': '尚未接通，请检查填写的内容并重新连接。',
  'callback-wrong': '渠道方调用不到我们，请检查回调地址能否从公网访问。',
}
type Key = keyof typeof zh

const en: Record<Key, string> = {
  said: 'The provider says: {{said}}',
  code: 'Code of the provider: {{code}}',
  'window-closed': 'The time in which the channel allows replies is over until the customer writes again.',
  'quota-used': 'No more messages are allowed until the customer writes again.',
  'opted-out': 'The customer does not want messages.',
  'blocked-us': 'The customer has blocked or left the account.',
  unreachable: 'The customer cannot be reached: the phone is off, or the number does not exist.',
  'address-unknown': 'The provider does not know this customer.',
  'not-permitted': 'The account is not allowed to do this. Grant it in the pages of the provider.',
  'credentials-refused': 'The provider refuses our secrets. Get them anew and replace them.',
  'account-restricted': 'The provider has restricted the account. See to it in the pages of the provider.',
  'payment-needed': 'The account has no credit left. Top it up at the provider.',
  'content-refused': 'The provider refuses this content.',
  'too-long': 'The text is longer than the channel takes.',
  'too-large': 'The file is larger than the channel takes.',
  'media-refused': 'The provider does not take this file.',
  'media-gone': 'The provider does not have the file any more.',
  'template-refused': 'The template cannot be used. See whether it is approved.',
  unsupported: 'The channel cannot carry this content.',
  'rate-limited': 'Too much was sent at once. It goes on more slowly.',
  'provider-failed': 'The provider had an error. It is tried again.',
  'no-answer': 'The provider does not answer. Check the address and the network.',
  'not-connected': 'There is no connection. Check what is filled in, then connect again.',
  'callback-wrong': 'The provider cannot call us. See whether the callback address can be reached from outside.',
}

export const problemWords = defineWords('settings-channel-problems', { 'zh-CN': zh, en })

const isKey = (code: string): code is Key => code in zh && code !== 'said' && code !== 'code'

/** A code of a later server is told as the most general one. */
export const problemKey = (code: string): Key => (isKey(code) ? code : 'provider-failed')
