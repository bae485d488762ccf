import { z } from 'zod'
import type { Context, Finding } from '../contract.ts'
import type { Problem } from '../problem.ts'
import { call, problemOf } from './api.ts'
import { type TelegramConfig, webhookSecret } from './config.ts'
import { wantedUpdates } from './update.ts'

type Telegram = Context<TelegramConfig>

/** https://core.telegram.org/bots/api#setwebhook (2026-06-11). */
export async function connect(context: Telegram): Promise<Problem | null> {
  const fields = {
    url: context.callbackUrl,
    secret_token: webhookSecret(context.config),
    allowed_updates: [...wantedUpdates],
    max_connections: 40,
  }
  const answer = await call('setWebhook', fields, context)
  if (answer.kind === 'result') return null
  const problem = problemOf(answer)
  return answer.kind === 'refused' && answer.status === 400 ? { ...problem, code: 'callback-wrong' } : problem
}

export async function disconnect(context: Telegram): Promise<Problem | null> {
  const answer = await call('deleteWebhook', {}, context)
  return answer.kind === 'result' ? null : problemOf(answer)
}

const me = z.object({
  username: z.string().default(''),
  can_read_all_group_messages: z.boolean().default(false),
  can_connect_to_business: z.boolean().default(false),
})
const hook = z.object({
  url: z.string().default(''),
  pending_update_count: z.int().default(0),
  last_error_date: z.int().optional(),
  last_error_message: z.string().optional(),
  allowed_updates: z.array(z.string()).optional(),
})

export async function check(context: Telegram): Promise<Finding[]> {
  const who = await call('getMe', {}, context)
  if (who.kind !== 'result') {
    const { code, detail = '' } = problemOf(who)
    return [
      code === 'credentials-refused'
        ? wrong(
            '令牌无效：请在 @BotFather 中用 /token 重新取得并粘贴',
            'The token is refused: get it again from @BotFather with /token and paste it',
          )
        : wrong(
            `无法访问 Telegram：${detail}。请检查服务器能否访问 Bot API 地址`,
            `Telegram cannot be reached: ${detail}. See whether the server may call the address of the Bot API`,
          ),
    ]
  }
  const bot = me.parse(typeof who.result === 'object' && who.result !== null ? who.result : {})
  const groups = bot.can_read_all_group_messages
    ? ['可读取群内全部消息', 'reads all messages of its groups']
    : [
        '群内只收到提及它或回复它的消息（@BotFather → /setprivacy 可更改）',
        'hears only what mentions or answers it in groups (@BotFather → /setprivacy)',
      ]
  const found = right(`机器人 @${bot.username} 可用，${groups[0]}`, `The bot @${bot.username} works; it ${groups[1]}`)
  const told = await call('getWebhookInfo', {}, context)
  const info = hook.safeParse(told.kind === 'result' ? told.result : null)
  return [found, ...(info.success ? webhookFindings(info.data, context) : [])]
}

function webhookFindings(
  { url, pending_update_count: pending, ...info }: z.infer<typeof hook>,
  context: Telegram,
): Finding[] {
  if (url !== context.callbackUrl) {
    return [
      url === ''
        ? wrong('Telegram 尚不知道回调地址：请重新连接', 'Telegram does not know where to call us: connect again')
        : wrong(
            '另一系统占用了此机器人的回调地址：请在该系统停用，再重新连接',
            'Another system receives what is sent to this bot: stop it there, then connect again',
          ),
    ]
  }
  const missing = wantedUpdates.filter((kind) => info.allowed_updates && !info.allowed_updates.includes(kind))
  if (missing.length > 0) {
    return [wrong(`未订阅 ${missing.join('、')}：请重新连接`, `Not subscribed to ${missing.join(', ')}: connect again`)]
  }
  const { last_error_date: failedAt = 0, last_error_message: why = '' } = info
  // An old failure that nothing waits for any more was overcome.
  if (pending > 0 && context.now().getTime() / 1000 - failedAt < 3600) {
    return [
      wrong(
        `Telegram 无法送达（${why}），尚有 ${pending} 条待送：请检查公网地址、证书与端口（443、80、88、8443）`,
        `Telegram cannot deliver (${why}), ${pending} updates wait: check the public address, its certificate and port (443, 80, 88, 8443)`,
      ),
    ]
  }
  return [right('Telegram 正常调用回调地址', 'Telegram calls the right address')]
}

const right = (zh: string, en: string): Finding => ({ ok: true, words: { zh, en } })
const wrong = (zh: string, en: string): Finding => ({ ok: false, words: { zh, en } })
