import { type Context, isProblem, type Part, type SendContext, type SendResult } from '../contract.ts'
import type { JsonObject } from '../json.ts'
import type { Problem } from '../problem.ts'
import { callApi, resultOf, withoutIt } from '../families/wechat/api.ts'
import { digest } from '../families/wechat/crypto.ts'
import { sendPage } from '../families/wechat/page.ts'
import { platform, sendCustomMessage } from '../families/wechat/platform.ts'
import { withFields } from '../families/wechat/render.ts'
import { withThumb } from '../families/wechat/thumb.ts'
import { problem, textIn } from '../families/wechat/words.ts'
import type { Config } from './config.ts'
import { listTemplates } from './templates.ts'

export async function send(part: Part, context: SendContext<Config>): Promise<SendResult> {
  switch (part.request.msgtype) {
    case 'template':
    case 'subscription':
      return sendTemplate(part.request, context)
    case 'video':
      return sendVideo(part, context)
    case 'miniprogrampage':
      return sendPage(part, context)
    default:
      return sendCustomMessage(part, context)
  }
}

const sendVideo = (part: Part, context: SendContext<Config>): Promise<SendResult> =>
  withThumb('thumb', context, platform, (id) =>
    sendCustomMessage({ ...part, request: withFields(part.request, { thumb_media_id: id }) }, context),
  )

async function sendTemplate(request: JsonObject, context: SendContext<Config>): Promise<SendResult> {
  const { touser, template_id: template, msgtype } = request
  const keys = Array.isArray(request.keys) ? request.keys.map(textIn) : await keysOf(textIn(template), context)
  if (isProblem(keys)) return withoutIt(keys)
  const values = Array.isArray(request.values) ? request.values : []
  const data = Object.fromEntries(keys.map((key, at) => [key, { value: values[at] ?? '' }]))
  const notice = msgtype === 'subscription'
  const answer = await callApi(context, platform, {
    path: notice ? 'cgi-bin/message/subscribe/bizsend' : 'cgi-bin/message/template/send',
    // Within ten minutes WeChat sends a template of the same key to the same person once only.
    json: {
      touser,
      template_id: template,
      data,
      ...(notice ? {} : { client_msg_id: digest(context.idempotencyKey, 32) }),
    },
  })
  if (answer.kind !== 'ok') return resultOf(answer)
  const id = answer.value.msgid
  return { kind: 'accepted', messageId: typeof id === 'string' || typeof id === 'number' ? String(id) : null }
}

/** Templates name what is filled in; we number it. */
async function keysOf(template: string, context: Context<Config>): Promise<string[] | Problem> {
  const keys = await context.tokens.get(`template-keys:${template}`, async () => {
    const found = await listTemplates(context)
    if (isProblem(found)) return found
    const known = found.find(({ name }) => name.replace(/^subscribe:/u, '') === template)
    if (!known) return problem('template-refused', `There is no template ${template}`)
    return { value: known.parameters.join(), expiresInMs: 600_000 }
  })
  return isProblem(keys) ? keys : keys.split(',').filter((key) => key !== '')
}
