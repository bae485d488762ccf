import type { ImapFlow } from 'imapflow'
import { type Context, type Finding, isProblem, type Words } from '../contract.ts'
import type { Problem } from '../problem.ts'
import { type Config, foldersOf } from './config.ts'
import { withMailbox } from './imap.ts'
import { tryOut } from './smtp.ts'

export async function check(context: Context<Config>): Promise<Finding[]> {
  const [receiving, sending] = await Promise.all([checkImap(context), checkSmtp(context)])
  return [...receiving, ...sending]
}

async function checkImap(context: Context<Config>): Promise<Finding[]> {
  const { config } = context
  if (config.imapHost === '') {
    return [
      right(
        '未设置 IMAP：来信须由本系统的 SMTP 监听或推送服务送达',
        'No IMAP host: mail has to come by our SMTP listener or by a service that pushes it',
      ),
    ]
  }
  const listed = await withMailbox(context, async (client) => ({ paths: await pathsOf(client) }))
  if (isProblem(listed)) return [doubt('IMAP', config.imapHost, config.imapPort, config.imapSecurity, listed, config)]
  const wanted = [...foldersOf(config), ...(config.sentFolder === '' ? [] : [config.sentFolder])]
  const missing = wanted.filter((path) => !listed.paths.some((found) => isSame(found, path)))
  return [
    right('已登录 IMAP 邮箱', 'The mailbox (IMAP) can be read'),
    ...missing.map((path) =>
      wrong(
        `邮箱中没有文件夹“${path}”；现有：${listed.paths.slice(0, 20).join('、')}`,
        `The mailbox has no folder “${path}”; there are: ${listed.paths.slice(0, 20).join(', ')}`,
      ),
    ),
  ]
}
const pathsOf = async (client: ImapFlow): Promise<string[]> => (await client.list()).map(({ path }) => path)
const isSame = (one: string, other: string): boolean =>
  one === other || (one.toUpperCase() === 'INBOX' && other.toUpperCase() === 'INBOX')

async function checkSmtp(context: Context<Config>): Promise<Finding[]> {
  const { config } = context
  if (config.smtpHost === '') {
    return [wrong('未设置 SMTP：不能发信', 'No SMTP host: nothing can be sent')]
  }
  const problem = await tryOut(context)
  return [
    problem
      ? doubt('SMTP', config.smtpHost, config.smtpPort, config.smtpSecurity, problem, config)
      : right('已登录 SMTP 服务器', 'The SMTP server takes the account'),
  ]
}

function doubt(
  protocol: string,
  host: string,
  port: number,
  security: Config['imapSecurity'],
  { code, detail = '', providerCode = '' }: Problem,
  config: Config,
): Finding {
  const why = detail || providerCode || code
  if (code === 'credentials-refused') {
    const hint = hintFor(host, config)
    return wrong(
      `${protocol} 服务器拒绝登录（${why}）。${hint.zh}`,
      `The ${protocol} server refuses to sign in (${why}). ${hint.en}`,
    )
  }
  if (/ENOTFOUND|EAI_AGAIN|EDNS|getaddrinfo/u.test(why + providerCode)) {
    return wrong(
      `找不到 ${protocol} 服务器 ${host}：请检查名称`,
      `There is no ${protocol} host ${host}: see to its name`,
    )
  }
  if (/certificate|self.signed|altname|CERT_/iu.test(why + providerCode)) {
    return wrong(
      `${host} 的 TLS 证书不可信（${why}）：请使用证书中的名称，或更换证书`,
      `The certificate of ${host} is not trusted (${why}): use the name that is in it, or another certificate`,
    )
  }
  const other = security === 'tls' ? 'STARTTLS' : 'SSL/TLS'
  return wrong(
    `无法连接 ${protocol} 服务器 ${host}:${port}（${why}）：请检查端口、防火墙与加密方式（可试 ${other}）`,
    `${host}:${port} (${protocol}) cannot be reached (${why}): see to port, firewall and security (try ${other})`,
  )
}

const hints: readonly [host: RegExp, words: Words][] = [
  [
    /(?:gmail|google(?:mail)?)\.com$/u,
    {
      zh: 'Gmail 需要应用专用密码（先开启两步验证），或使用 OAuth 登录',
      en: 'Gmail wants an app password (two-step verification has to be on), or OAuth',
    },
  ],
  [
    /(?:office365|outlook|hotmail|live)\.com$|office365\.cn$/u,
    {
      zh: 'Microsoft 365 不再接受密码登录：请选择 OAuth，并确认邮箱已启用 IMAP 与“经过身份验证的 SMTP”',
      en: 'Microsoft 365 takes no passwords any more: choose OAuth, and see that IMAP and “Authenticated SMTP” are on for the mailbox',
    },
  ],
  [
    /(?:qq|foxmail|163|126|yeah|sina|aliyun)\.(?:com|net)$/u,
    {
      zh: '请在邮箱网页的设置中开启 IMAP/SMTP 服务，并填写生成的授权码（不是登录密码）',
      en: 'Switch IMAP/SMTP on in the settings of the mailbox and enter the authorisation code that is made there (授权码), not the password',
    },
  ],
  [
    /(?:yahoo|icloud|me|aol|zoho|fastmail)\.\w+$/u,
    { zh: '该服务需要应用专用密码', en: 'This service wants an app password' },
  ],
]
function hintFor(host: string, { signIn }: Config): Words {
  if (signIn !== 'password') {
    return {
      zh: '请重新授权：刷新令牌可能已失效，或缺少 IMAP/SMTP 权限',
      en: 'Authorise it anew: the refresh token may be void, or lacks the scopes of IMAP and SMTP',
    }
  }
  return (
    hints.find(([pattern]) => pattern.test(host))?.[1] ?? {
      zh: '请检查用户名与密码；有的服务需要应用专用密码或先开启 IMAP',
      en: 'See to user name and password; some services want an app password, or IMAP to be switched on',
    }
  )
}

/** For services that hand mail over. */
export function setup(callbackUrl: string, { webhook }: Config): { label: Words; value: string }[] {
  // Mailgun gives the whole mail to addresses that end so.
  const value = webhook === 'mailgun' ? `${callbackUrl}?format=mime` : callbackUrl
  return webhook === 'none' ? [] : [{ label: { zh: '推送地址', en: 'Address to push mail to' }, value }]
}

const right = (zh: string, en: string): Finding => ({ ok: true, words: { zh, en } })
const wrong = (zh: string, en: string): Finding => ({ ok: false, words: { zh, en } })
