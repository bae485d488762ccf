import { defineWords } from '../../../../shared/i18n.ts'

/** Answers in private to what was said in public. */
const zh = {
  warning: '公开可见：所有人都能看到这条回复',
  reply: '私信回复',
  until: '可私信一次，至 {{time}}',
  used: '已私信回复',
  late: '评论太久了，不能再私信',
  open: '打开私信会话',
  title: '私信回复这条评论',
  text: '私信内容',
  hint: '每条评论只能私信一次，只能是文字。客户回复后，可在私信会话里继续。',
  send: '发送私信',
  cancel: '取消',
  sent: '私信已发出',
  answers: '私信回复了公开评论',
}

const en: Record<keyof typeof zh, string> = {
  warning: 'Public: everybody can read this reply',
  reply: 'Reply in private',
  until: 'Once, until {{time}}',
  used: 'Answered in private',
  late: 'Too old for a private answer',
  open: 'Open the private conversation',
  title: 'Answer this comment in private',
  text: 'Private message',
  hint: 'Each comment can be answered in private once, with words only. Go on in the private conversation when the customer answers.',
  send: 'Send in private',
  cancel: 'Cancel',
  sent: 'Sent in private',
  answers: 'Answers a public comment in private',
}

export const privateWords = defineWords('private-replies', { 'zh-CN': zh, en })
