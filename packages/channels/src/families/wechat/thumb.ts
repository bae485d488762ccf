import { type Context, isProblem, type SendResult } from '../../contract.ts'
import { type Api, withoutIt } from './api.ts'
import { upload } from './media.ts'
import { problem } from './words.ts'

/**
 * Videos of official accounts, links of WeCom and pages of mini programs need a picture. Ours is grey, 64 × 36, and the same for all of them: it is
 * uploaded once and kept by the provider for three days.
 */
const thumb = {
  mime: 'image/jpeg',
  name: 'thumb.jpg',
  bytes: Buffer.from(
    '/9j/2wBDACgoKCgrKC0yMi0/RDxEP11VTk5VXYxkbGRsZIzVhZuFhZuF1bzkua255Lz//+vr////////////////////////2wBDASgoKCgrKC0yMi0/RDxEP11VTk5VXYxkbGRsZIzVhZuFhZuF1bzkua255Lz//+vr////////////////////////wgARCAAkAEADASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAL/xAAUAQEAAAAAAAAAAAAAAAAAAAAA/9oADAMBAAIQAxAAAACQAAAAAAAAAAAf/8QAFBABAAAAAAAAAAAAAAAAAAAAUP/aAAgBAQABPwAj/8QAFBEBAAAAAAAAAAAAAAAAAAAAMP/aAAgBAgEBPwBP/8QAFBEBAAAAAAAAAAAAAAAAAAAAMP/aAAgBAwEBPwBP/9k=',
    'base64',
  ),
}

const twoDays = 172_800_000

/** Sends with the id of the picture; when the provider has thrown it away, it is uploaded anew with the next try. */
export async function withThumb<Config extends { apiUrl: string }>(
  type: 'thumb' | 'image',
  context: Pick<Context<Config>, 'config' | 'http' | 'tokens'>,
  api: Api<Config>,
  send: (mediaId: string) => Promise<SendResult>,
): Promise<SendResult> {
  const name = `thumb:${type}`
  const id = await context.tokens.get(name, async () => {
    const uploaded = await upload(thumb, type, context, api)
    if ('media_id' in uploaded) return { value: uploaded.media_id, expiresInMs: twoDays }
    return uploaded.result.kind === 'accepted' ? problem('provider-failed') : uploaded.result.problem
  })
  if (isProblem(id)) return withoutIt(id)
  const sent = await send(id)
  if (sent.kind !== 'rejected' || sent.problem.code !== 'media-gone') return sent
  await context.tokens.drop(name, id)
  return { kind: 'retry', afterMs: null, problem: sent.problem }
}
