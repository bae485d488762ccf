import type { Context, Finding } from '../contract.ts'
import type { Problem } from '../problem.ts'
import type { Config } from './config.ts'
import { sessionFor } from './sessions.ts'

/** Binds as for sending; where the connection is open already, it works. */
export async function check({ config }: Context<Config>): Promise<Finding[]> {
  const session = await sessionFor(config)
  return ['submit' in session ? works : doubt(session, config)]
}

const works: Finding = { ok: true, words: { zh: '已登录短信网关', en: 'The SMSC takes the account' } }

function doubt({ code, detail = '', providerCode = '' }: Problem, { host, port, tls }: Config): Finding {
  const why = detail || providerCode
  if (code === 'credentials-refused') {
    return wrong(
      '短信网关拒绝了账号、密码或系统类型：请向通道方核对，并确认服务器 IP 已加入白名单',
      'The SMSC refuses system ID, password or system type: ask your provider, and whether the address of this server is on their list',
    )
  }
  if (providerCode === '0x00000005' || providerCode === '0x0000000d') {
    return wrong(
      `短信网关不接受更多连接（${providerCode}）：请向通道方申请至少两个连接，或停用占用连接的系统`,
      `The SMSC takes no more connections (${providerCode}): ask your provider for two at least, or stop the system that holds them`,
    )
  }
  return wrong(
    `无法连接 ${host}:${port}（${why}）：请检查地址、端口、防火墙${tls ? '与 TLS 证书' : '，以及是否需要 TLS'}`,
    `${host}:${port} cannot be reached (${why}): see to host, port and firewall${tls ? ' and the certificate' : ', and whether TLS is wanted'}`,
  )
}
const wrong = (zh: string, en: string): Finding => ({ ok: false, words: { zh, en } })
