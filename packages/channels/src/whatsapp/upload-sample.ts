import { z } from 'zod'
import type { MakeContext } from '../contract.ts'
import { graph, problemOf } from '../families/meta/graph.ts'
import type { Problem } from '../problem.ts'
import type { Config } from './config.ts'
import { rules } from './errors.ts'

const withId = z.object({ id: z.coerce.string().min(1) })
const withHandle = z.object({ h: z.string().min(1) })
/** https://developers.facebook.com/docs/graph-api/guides/upload (2026-05) */
const taken = new Set(['application/pdf', 'image/jpeg', 'image/png', 'video/mp4'])

/** The sample of a template's header belongs to the app, not to the number: it goes up in a session of its own. */
export async function uploadSample(attachmentId: string, context: MakeContext<Config>): Promise<string | Problem> {
  const { bytes, mime, name } = await context.attachment(attachmentId)
  const type = mime.split(';')[0] ?? ''
  if (!taken.has(type)) return { code: 'media-refused', detail: `A sample is a PDF, JPEG, PNG or MP4, not ${type}` }
  const asked = await graph(context, { method: 'GET', path: 'app', query: { fields: 'id' } })
  if (asked.kind !== 'ok') return problemOf(asked, rules)
  const app = withId.safeParse(asked.value).data
  if (!app) return unreadable('The token has no app')
  const opened = await graph(context, {
    method: 'POST',
    path: `${app.id}/uploads`,
    query: { file_name: name, file_length: String(bytes.length), file_type: type },
  })
  if (opened.kind !== 'ok') return problemOf(opened, rules)
  const session = withId.safeParse(opened.value).data
  if (!session) return unreadable('The upload has no session')
  const uploaded = await graph(context, {
    method: 'POST',
    path: session.id,
    body: bytes,
    headers: {
      // Only this call wants the token under this name.
      authorization: `OAuth ${context.config.accessToken}`,
      file_offset: '0',
      'content-type': 'application/octet-stream',
    },
  })
  if (uploaded.kind !== 'ok') return problemOf(uploaded, rules)
  return withHandle.safeParse(uploaded.value).data?.h ?? unreadable('The upload was answered without a handle')
}

const unreadable = (detail: string): Problem => ({ code: 'provider-failed', detail })
