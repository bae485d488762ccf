import * as api from '@qiao/protocol'
import { actorOf, recordAudit } from '#access'
import { type Route, route } from '#platform/http/route'
import { accessRoutes } from './accounts/access-routes.ts'
import { channelInfo, readAccountView, requireAccount } from './accounts/account-view.ts'
import { cleaner, contextOf } from './accounts/context.ts'
import { listAccounts } from './accounts/list-accounts.ts'
import { readStatus } from './accounts/read-status.ts'
import { forgetProblem } from './accounts/record-problem.ts'
import { saveAccount } from './accounts/save-account.ts'
import { bindLinkRoutes } from './bind-routes.ts'
import type { ChannelDeps } from './channel-deps.ts'
import { entranceRoutes } from './entrances/entrance-routes.ts'
import { listDeadLetters } from './letters/list-dead-letters.ts'
import { readDeadLetter } from './letters/read-dead-letter.ts'
import { replayDeadLetter } from './letters/replay-dead-letter.ts'
import { replayDeadLetters } from './letters/replay-dead-letters.ts'
import { dismissMessage, resendMessage } from './letters/resend-message.ts'
import { menuRoutes } from './menus/menu-routes.ts'
import { moveSession } from './outbound/move-session.ts'
import { giveUpMessage, listTries, tryNow } from './outbound/tries.ts'
import { allowMessages } from './policy/allow-messages.ts'
import { previewFirst } from './policy/preview-first.ts'
import { readPreview } from './policy/preview-reply.ts'
import { listOutlets } from './policy/ways.ts'
import { templateRoutes } from './templates/template-routes.ts'
import { answerPrivately } from './threads/answer-privately.ts'
import { listPrivateReplies } from './threads/private-replies.ts'
import { readReplyPolicy } from './policy/read-reply-policy.ts'

export function channelRoutes(deps: ChannelDeps): Route[] {
  return [
    ...templateRoutes(deps),
    ...menuRoutes(deps),
    ...entranceRoutes(deps),
    ...accessRoutes(deps),
    route(api.listChannels, async () => ({ channels: deps.channels.map(channelInfo) })),
    route(api.listChannelLooks, async () => ({
      channels: deps.channels.map(({ about: { id, name, colour, icon } }) => ({ id, name, colour, icon })),
    })),
    ...bindLinkRoutes(deps),
    route(api.listChannelAccounts, () => listAccounts(deps)),
    route(api.readChannelAccount, ({ params }) => readAccountView(deps, params.id)),
    route(api.saveChannelAccount, ({ params, body }, context) => saveAccount(deps, params.id, body, actorOf(context))),
    route(api.checkChannelAccount, async ({ params }) => {
      const account = await requireAccount(deps, params.id)
      const findings = await account.channel.lifecycle.check(contextOf(deps, account))
      if (findings.every(({ ok }) => ok)) await forgetProblem(deps.db, params.id)
      return { findings: cleaner(account.secrets)(findings) }
    }),
    route(api.connectChannelAccount, async ({ params }, context) => {
      const account = await requireAccount(deps, params.id)
      const problem = (await account.channel.lifecycle.connect?.(contextOf(deps, account))) ?? null
      const target = { type: 'inbox', id: params.id }
      await recordAudit(deps.db, actorOf(context), 'channel-account.connected', target, {}, deps.clock.now())
      return { problem: cleaner(account.secrets)(problem) }
    }),
    route(api.disconnectChannelAccount, async ({ params }, context) => {
      const account = await requireAccount(deps, params.id)
      const problem = (await account.channel.lifecycle.disconnect?.(contextOf(deps, account))) ?? null
      const target = { type: 'inbox', id: params.id }
      await recordAudit(deps.db, actorOf(context), 'channel-account.disconnected', target, {}, deps.clock.now())
      return { problem: cleaner(account.secrets)(problem) }
    }),
    route(api.readChannelStatus, ({ params }) => readStatus(deps, params.id)),
    route(api.listDeadLetters, ({ params, query }) => listDeadLetters(deps, params.id, query)),
    route(api.readDeadLetter, ({ params }) => readDeadLetter(deps, params.id, params.letterId)),
    route(api.replayDeadLetter, ({ params }, context) =>
      replayDeadLetter(deps, params.id, params.letterId, context.principal, actorOf(context)),
    ),
    route(api.replayDeadLetters, ({ params }, context) => replayDeadLetters(deps, params.id, actorOf(context))),
    route(api.listOutlets, async ({ params }, { principal }) => ({
      outlets: await listOutlets(deps, principal, params.id),
    })),
    route(api.listPrivateReplies, ({ params }, { principal }) => listPrivateReplies(deps, principal, params.id)),
    route(api.replyPrivately, ({ params, body }, { principal }) =>
      answerPrivately(deps, principal, { ...params, ...body }),
    ),
    route(api.previewReply, ({ params, body }, { principal }) => readPreview(deps, principal, params.id, body)),
    route(api.previewFirst, ({ params, body }, { principal }) => previewFirst(deps, principal, params.id, body)),
    route(api.readReplyPolicy, ({ params }, { principal }) => readReplyPolicy(deps, principal, params.id)),
    route(api.allowMessages, async ({ params, body }, context) => {
      await allowMessages(deps, context.principal, actorOf(context), { ...params, ...body })
      return readReplyPolicy(deps, context.principal, params.id)
    }),
    route(api.moveSession, ({ params, body }, { principal }) => moveSession(deps, principal, { ...params, ...body })),
    route(api.listTries, async ({ params }, { principal }) => ({
      tries: await listTries(deps, principal, params.id),
    })),
    route(api.tryNow, async ({ params, body }, { principal }) => ({
      tries: await tryNow(deps, principal, { ...params, ...body }),
    })),
    route(api.giveUpMessage, ({ params, body }, { principal }) =>
      giveUpMessage(deps, principal, { ...params, ...body }),
    ),
    route(api.resendMessage, async ({ params, body }, { principal }) => {
      return resendMessage(deps, principal, { ...params, ...body })
    }),
    route(api.dismissMessage, ({ params, body }, { principal }) =>
      dismissMessage(deps, principal, { ...params, ...body }),
    ),
  ]
}
