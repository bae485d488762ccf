import { defineWords } from '../../../shared/i18n.ts'

export const mailSettingsWords = defineWords('settings-inbox-mail', {
  'zh-CN': {
    section: '邮件',
    signature: '签名',
    signatureHint: '加在坐席写的每封邮件下方，坐席可以逐封去掉。可用 {agent} 代表坐席姓名，{inbox} 代表渠道名称。',
    signatureHtml: '这个签名带有格式，这里显示的是它的 HTML。',
    ownSignatures: '允许坐席使用自己的签名',
    ownSignaturesHint: '坐席在个人设置中填写，显示在上面的签名之前。',
    acknowledgement: '自动回执',
    acknowledgementHint: '来信后自动告知客户已收到；同一发件人 24 小时内最多一次，系统邮件和群发邮件不会收到。',
    on: '来信后自动发送回执',
    zh: '中文回执',
    en: '英文回执',
    wordsHint: '可用 {number} 代表会话编号，{expected} 代表预计回复时间，{company} 代表公司名称。',
    empty: '使用客户的语言，不知道时按来信的文字判断；没有填写的语言使用内置的说法。',
  },
  en: {
    section: 'Mail',
    signature: 'Signature',
    signatureHint:
      'Stands below every mail that agents write; they can leave it out of one. {agent} is the name of the agent, {inbox} that of the inbox.',
    signatureHtml: 'This signature is formatted; what you see is its HTML.',
    ownSignatures: 'Agents may use a signature of their own',
    ownSignaturesHint: 'They write it in their settings; it stands above this one.',
    acknowledgement: 'Acknowledgement',
    acknowledgementHint:
      'Tells customers by itself that their mail has arrived: once in 24 hours for each sender, and never for mail of systems and lists.',
    on: 'Acknowledge mails that arrive',
    zh: 'In Chinese',
    en: 'In English',
    wordsHint: '{number} is the number of the conversation, {expected} the time until an answer, {company} your name.',
    empty:
      'In the customer’s language, or that of the mail where it is not known; what is empty is said in built-in words.',
  },
})
