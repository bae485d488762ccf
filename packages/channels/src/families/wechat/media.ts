import type { Context, MediaResult, SendResult } from '../../contract.ts'
import type { MediaReference } from '../../events.ts'
import { type Api, callApi, mediaForm, problemOf, resultOf } from './api.ts'
import { problem } from './words.ts'

/** Files at api.weixin.qq.com and qyapi.weixin.qq.com, which both keep for three days under an id. */

type Asking<Config> = Pick<Context<Config>, 'config' | 'http' | 'tokens'>
export type Uploaded = { media_id: string } | { kind: 'failed'; result: SendResult }

/** Nobody sees an upload, so one without an answer is simply done again. */
export async function upload<Config extends { apiUrl: string }>(
  file: { bytes: Buffer; mime: string; name: string },
  type: string,
  context: Asking<Config>,
  api: Api<Config>,
): Promise<Uploaded> {
  const answer = await callApi(context, api, {
    path: 'cgi-bin/media/upload',
    query: { type },
    request: mediaForm(file),
  })
  if (answer.kind !== 'ok') return { kind: 'failed', result: resultOf(answer, true) }
  // Those of small pictures are told under a name of their own.
  const id = answer.value.media_id ?? answer.value.thumb_media_id
  if (typeof id === 'string' && id !== '') return { media_id: id }
  const why = problem('provider-failed', 'The upload was answered without an id')
  return { kind: 'failed', result: { kind: 'retry', afterMs: null, problem: why } }
}

const largestMedia = 20_971_520

/** Pictures of official accounts have an address besides, which lasts longer. */
export async function fetchById<Config extends { apiUrl: string }>(
  { id, url, name }: MediaReference,
  context: Context<Config>,
  api: Api<Config>,
): Promise<MediaResult> {
  const byId = id === undefined ? null : await mediaById(id, context, api)
  if (byId && byId.kind !== 'gone') return byId
  if (url !== undefined) return mediaAt(url, context, name)
  return byId ?? { kind: 'gone', problem: problem('media-gone', 'Neither an id nor an address') }
}

async function mediaById<Config extends { apiUrl: string }>(
  id: string,
  context: Context<Config>,
  api: Api<Config>,
): Promise<MediaResult> {
  const answer = await callApi(context, api, {
    path: 'cgi-bin/media/get',
    query: { media_id: id },
    request: { maxBytes: largestMedia, timeoutMs: 60_000 },
  })
  if (answer.kind === 'bytes') return fetched(answer.bytes, answer.headers)
  if (answer.kind !== 'ok') {
    const result = resultOf(answer, true)
    return result.kind === 'retry' ? result : { kind: 'gone', problem: problemOf(answer) }
  }
  // Videos of official accounts are answered with an address.
  const { video_url: video } = answer.value
  if (typeof video === 'string') return mediaAt(video, context)
  return { kind: 'gone', problem: problem('media-gone', 'The answer is no file') }
}

async function mediaAt(url: string, { http }: Pick<Context<unknown>, 'http'>, name?: string): Promise<MediaResult> {
  const answer = await http(url, { maxBytes: largestMedia, timeoutMs: 60_000 })
  if (answer.kind === 'silence') return { kind: 'retry', afterMs: null, problem: problem('no-answer', answer.reason) }
  if (answer.status === 200) return fetched(answer.body, answer.headers, name)
  const failed = answer.status >= 500
  const why = problem(failed ? 'provider-failed' : 'media-gone', `HTTP ${answer.status}`)
  return failed ? { kind: 'retry', afterMs: null, problem: why } : { kind: 'gone', problem: why }
}

function fetched(bytes: Buffer, headers: Record<string, string>, known?: string): MediaResult {
  const [mime] = (headers['content-type'] ?? '').split(';')
  const name = known ?? nameIn(headers['content-disposition'] ?? '')
  return { kind: 'fetched', bytes, ...(mime ? { mime: mime.trim() } : {}), ...(name ? { name } : {}) }
}

/** `filename*` is exact; `filename` alone holds bytes of UTF-8, which HTTP reads as Latin 1, or percent signs. */
function nameIn(disposition: string): string | undefined {
  const exact = /filename\*=utf-8''([^;]+)/iu.exec(disposition)?.[1]
  if (exact !== undefined) return decoded(exact.trim())
  const [, quoted, bare] = /filename=(?:"([^"]*)"|([^;]+))/iu.exec(disposition) ?? []
  const name = quoted ?? bare?.trim()
  if (!name) return undefined
  const utf8 = Buffer.from(name, 'latin1').toString()
  return decoded(utf8.includes('\uFFFD') ? name : utf8)
}
function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
