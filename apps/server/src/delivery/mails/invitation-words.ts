import type { InvitationAnswer } from '@qiao/protocol'

interface Named {
  /** Who answers. */
  name: string
  summary: string
}
interface Words {
  subject: string
  text: string
}

const longestSubject = 998

const en: Readonly<Record<InvitationAnswer, [string, string]>> = {
  accepted: ['Accepted', 'has accepted the invitation.'],
  tentative: ['Tentative', 'may take part.'],
  declined: ['Declined', 'has declined the invitation.'],
}
const zh: Readonly<Record<InvitationAnswer, [string, string]>> = {
  accepted: ['已接受', '已接受邀请。'],
  tentative: ['暂定', '暂定参加。'],
  declined: ['已谢绝', '已谢绝邀请。'],
}

/** For those whose mail program shows no calendars. */
export function answerWords(language: string, answer: InvitationAnswer, { name, summary }: Named): Words {
  const isChinese = language.startsWith('zh')
  const [head, said] = (isChinese ? zh : en)[answer]
  const colon = isChinese ? '：' : ': '
  return {
    subject: (summary === '' ? head : `${head}${colon}${summary}`).replace(/\s+/gu, ' ').slice(0, longestSubject),
    text: isChinese ? `${name}${said}` : `${name} ${said}`,
  }
}
