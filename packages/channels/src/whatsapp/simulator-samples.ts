import { jsonAnswer, refuse } from '../families/meta/simulator.ts'
import type { ApiRequest } from '../simulator.ts'

const app = '1517776481860111'
const types = new Set(['application/pdf', 'image/jpeg', 'image/jpg', 'image/png', 'video/mp4'])

/** Sessions in which samples of templates go up: https://developers.facebook.com/docs/graph-api/guides/upload (2026-05) */
export function createSampleDesk() {
  const sessions = new Map<string, number>()
  const handles = new Set<string>()
  function open({ url }: ApiRequest) {
    const [type, length] = [url.searchParams.get('file_type') ?? '', Number(url.searchParams.get('file_length'))]
    if (!types.has(type) || !(length > 0)) return refuse(100, 'Invalid parameter', 400, 'file_type or file_length')
    const session = `upload:MTph${sessions.size}`
    sessions.set(session, length)
    return jsonAnswer(200, { id: `${session}?sig=ARZ` })
  }
  function take(session: string, { headers, body }: ApiRequest) {
    const isWhole = sessions.get(session) === body.length && headers.file_offset === '0'
    if (!isWhole || !headers.authorization?.startsWith('OAuth ')) return refuse(100, 'Invalid upload')
    const handle = `4::${Buffer.from(session).toString('base64')}`
    handles.add(handle)
    return jsonAnswer(200, { h: handle })
  }
  return {
    has: (handle: string) => handles.has(handle),
    call(request: ApiRequest, id: string) {
      if (id === 'app') return jsonAnswer(200, { id: app })
      if (id === app) return open(request)
      return take(id, request)
    },
  }
}
