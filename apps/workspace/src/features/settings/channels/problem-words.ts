import { defineWords } from '../../../shared/i18n.ts'

const zh = {
  said: '渠道方原话：{{said}}',
  code: '渠道方错误码：{{code}}',
  'window-closed': '已超过渠道允许回复的时间，需等客户再次来信。',
  'only-templates': '该账号只能发送模板消息。',
  'quota-used': '本轮可发送的条数已用完，需等客户再次来信。',
  'held-elsewhere': '会话正由同事在渠道自己的后台接待，请在那里回复或结束会话。',
  'answer-waits': '已有一条回复在等客户的下一条消息，每条消息只能带回一条回复。',
  'opted-out': '客户已退订，不再接收消息。',
  'notice-unwanted': '客户没有订阅这类通知，或不接收营销类消息。',
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
  'mail-incomplete':
    '推送来的不是完整的邮件，来信没有收下。请让渠道方推送原始邮件：SendGrid 勾选 “POST the raw, full MIME message”；Mailgun 的转发地址须以 ?format=mime 结尾；Amazon SES 使用 SNS 动作、Base64 编码。',
  'access-denied': '登录时没有同意授权。请再试一次，并同意所列的权限。',
  'access-over': '这次授权已失效：时间过长、已经用过，或是在另一个浏览器中开始的。请回到收件箱设置重新登录。',
  'access-failed': '渠道方没有给出授权，请按其说明处理后再试。',
  'redirect-refused': '渠道方不认识我们的重定向地址：请把收件箱设置中显示的地址原样登记到渠道方的应用里。',
}
type Key = keyof typeof zh

const en: Record<Key, string> = {
  said: 'The provider says: {{said}}',
  code: 'Code of the provider: {{code}}',
  'window-closed': 'The time in which the channel allows replies is over until the customer writes again.',
  'only-templates': 'This account sends nothing but templates.',
  'quota-used': 'No more messages are allowed until the customer writes again.',
  'held-elsewhere': 'Colleagues have this session in the provider’s own app: they answer there, or end it.',
  'answer-waits': 'One reply waits for the customer’s next message already, and each takes one.',
  'opted-out': 'The customer does not want messages.',
  'notice-unwanted': 'The customer does not want this kind of notice.',
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
  'mail-incomplete':
    'What was pushed is not the whole mail, and was not taken. Have the provider push the original: with SendGrid tick “POST the raw, full MIME message”; with Mailgun the address in the route ends with ?format=mime; with Amazon SES use the action SNS, encoding Base64.',
  'access-denied': 'Consent was not given. Try again, and agree to what is asked for.',
  'access-over':
    'This sign-in is over: it took too long, was used already, or was begun in another browser. Begin anew in the settings of the inbox.',
  'access-failed': 'The provider did not grant access. See to what it says, then try again.',
  'redirect-refused':
    'The provider does not know our redirect URI. Register the address that the settings of the inbox show, exactly as it is.',
}

export const problemWords = defineWords('settings-channel-problems', { 'zh-CN': zh, en })

const isKey = (code: string): code is Key => code in zh && code !== 'said' && code !== 'code'

/** A code of a later server is told as the most general one. */
export const problemKey = (code: string): Key => (isKey(code) ? code : 'provider-failed')
