import { z } from 'zod'
import type { Part, SendContext, SendResult } from '../contract.ts'
import type { JsonObject } from '../json.ts'
import { graph, multipart, resultOf } from '../families/meta/graph.ts'
import { objectIn, objectsIn, textIn } from '../families/meta/webhook.ts'
import type { Config } from './config.ts'
import { rules } from './errors.ts'

const sent = z.object({
  messages: z.array(z.object({ id: z.string().min(1) })).min(1),
  contacts: z
    .array(z.object({ wa_id: z.string().regex(/^\d+$/) }))
    .optional()
    .catch(undefined),
})
const uploaded = z.object({ id: z.coerce.string().min(1) })

export async function send({ request, attachmentIds: [attachmentId] = [] }: Part, context: SendContext<Config>) {
  if (attachmentId === undefined) return post(request, context)
  const media = await upload(attachmentId, context)
  return typeof media === 'string' ? post(withMedia(request, media), context) : media
}

async function post(request: JsonObject, context: SendContext<Config>): Promise<SendResult> {
  const answer = await graph(context, {
    method: 'POST',
    path: `${context.config.phoneNumberId}/messages`,
    // Comes back with each mark: it tells what became of a send whose answer was lost.
    json: { ...request, biz_opaque_callback_data: context.idempotencyKey },
  })
  if (answer.kind !== 'ok') return resultOf(answer, rules)
  const { messages, contacts } = sent.safeParse(answer.value).data ?? {}
  const number = contacts?.[0]?.wa_id
  // Some countries write numbers in two ways; Meta answers with the one that it will use.
  const moved = typeof request.to === 'string' && number !== undefined && number !== request.to ? number : undefined
  return { kind: 'accepted', messageId: messages?.[0]?.id ?? null, ...(moved ? { moved } : {}) }
}

/** Nobody sees an upload, so one without an answer is simply done again. */
async function upload(attachmentId: string, context: SendContext<Config>): Promise<string | SendResult> {
  const { bytes, mime, name } = await context.attachment(attachmentId)
  const answer = await graph(context, {
    method: 'POST',
    path: `${context.config.phoneNumberId}/media`,
    ...multipart({ messaging_product: 'whatsapp', type: mime }, { field: 'file', bytes, mime, name }),
  })
  if (answer.kind !== 'ok') return resultOf(answer, rules, true)
  return (
    uploaded.safeParse(answer.value).data?.id ?? {
      kind: 'retry',
      afterMs: null,
      problem: { code: 'provider-failed', detail: 'The upload was answered without an id' },
    }
  )
}

function withMedia(request: JsonObject, id: string): JsonObject {
  if (request.type === 'template') return withHeaderMedia(request, id)
  const type = textIn(request.type) ?? 'document'
  return { ...request, [type]: { ...objectIn(request[type]), id } }
}

/** Of a template the file stands above the words. */
export function withHeaderMedia(request: JsonObject, id: string): JsonObject {
  const template = objectIn(request.template)
  const components = objectsIn(template.components).map((component) =>
    component.type === 'header' ? { ...component, parameters: objectsIn(component.parameters).map(withId) } : component,
  )
  return { ...request, template: { ...template, components } }

  function withId(parameter: JsonObject): JsonObject {
    const type = textIn(parameter.type) ?? 'document'
    return { ...parameter, [type]: { ...objectIn(parameter[type]), id } }
  }
}
