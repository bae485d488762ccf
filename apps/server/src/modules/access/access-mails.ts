import type { Mail } from '#platform/mail'

type Language = 'zh-CN' | 'en'
interface Receiver {
  name: string
  email: string
}

export function resetMail(to: Receiver, link: string, language: Language): Mail {
  const words = {
    'zh-CN': {
      subject: '重设密码',
      text: `${to.name}，您好！\n\n请在一小时内打开以下链接，设置新密码：\n${link}\n\n如果您没有要求重设密码，请忽略这封邮件，您的密码不会改变。\n`,
    },
    en: {
      subject: 'Reset your password',
      text: `Hello ${to.name},\n\nOpen this link within an hour to choose a new password:\n${link}\n\nIf you did not ask for it, ignore this mail: your password stays as it is.\n`,
    },
  }
  return { to: to.email, link, ...words[language] }
}

export function invitationMail(email: string, organisation: string, link: string, language: string): Mail {
  const words = language.startsWith('zh')
    ? {
        subject: `${organisation} 邀请您加入客服工作台`,
        text: `您好！\n\n${organisation} 邀请您加入客服工作台。请在七天内打开以下链接，设置姓名和密码：\n${link}\n`,
      }
    : {
        subject: `${organisation} invites you to its customer service`,
        text: `Hello,\n\n${organisation} invites you to its customer service workspace. Open this link within seven days to choose your name and password:\n${link}\n`,
      }
  // A name with a line break must not reach the header of a mail.
  return { to: email, link, text: words.text, subject: words.subject.replaceAll(/[\r\n]+/g, ' ') }
}
