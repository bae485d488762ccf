import { AuthError, type AuthErrorCode } from './auth.ts'
import { explain } from './error-words.ts'
import { defineWords, translate } from './i18n.ts'

const zh: Record<AuthErrorCode, string> = {
  'wrong-credentials': '邮箱或密码不对，请检查后重试。',
  'wrong-password': '密码不对，请重新输入。',
  'wrong-code': '验证码不对。请确认手机时间准确，输入当前显示的那一个。',
  'challenge-expired': '等待时间过长，请返回重新登录。',
  'too-many-codes': '输错次数过多，请返回重新登录。',
  locked: '输错次数过多，验证已锁定 15 分钟。',
  'account-disabled': '账号已停用，请联系管理员。',
  'link-invalid': '链接已失效，请重新申请。',
  'password-short': '密码至少 10 个字符。',
  'password-long': '密码最多 200 个字符。',
  'mail-disabled': '系统还没有配置发信，请联系管理员。',
  'not-signed-in': '登录已过期，请重新登录。',
  'rate-limited': '尝试次数过多，请稍候再试。',
  'origin-refused': '当前网址不在允许的来源内，请从正式地址打开工作台。',
  network: '网络不通，请检查连接后重试。',
  failed: '服务器没有完成操作，请稍后重试。',
}
const en: Record<AuthErrorCode, string> = {
  'wrong-credentials': 'The e-mail or the password is not right. Check both and try again.',
  'wrong-password': 'The password is not right. Type it again.',
  'wrong-code': 'This code is not right. Check that your phone has the right time and type the code it shows now.',
  'challenge-expired': 'That took too long. Go back and sign in again.',
  'too-many-codes': 'Too many wrong codes. Go back and sign in again.',
  locked: 'Too many wrong codes. Verification is locked for 15 minutes.',
  'account-disabled': 'This account is disabled. Ask an administrator.',
  'link-invalid': 'This link no longer works. Ask for a new one.',
  'password-short': 'The password needs at least 10 characters.',
  'password-long': 'The password has at most 200 characters.',
  'mail-disabled': 'This system cannot send mail yet. Ask an administrator.',
  'not-signed-in': 'You have been signed out after a while. Sign in again.',
  'rate-limited': 'Too many attempts. Wait a moment and try again.',
  'origin-refused': 'This address is not an allowed origin. Open the workspace at its public address.',
  network: 'There is no connection. Check the network and try again.',
  failed: 'The server could not do this. Try again shortly.',
}

export const authWords = defineWords('auth-errors', {
  'zh-CN': { ...zh, wait: '尝试次数过多，请在 {{seconds}} 秒后重试。' },
  en: { ...en, wait: 'Too many attempts. Try again in {{seconds}} seconds.' },
})

/** Words for whatever signing in, setting up or changing a password threw. */
export function explainAuth(error: unknown): string {
  if (!(error instanceof AuthError)) return explain(error)
  if (error.code === 'rate-limited' && error.retryAfterSeconds !== null) {
    return translate(authWords, 'wait', { seconds: Math.ceil(error.retryAfterSeconds) })
  }
  return translate(authWords, error.code)
}
