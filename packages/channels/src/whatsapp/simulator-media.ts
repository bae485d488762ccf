import { createHash } from 'node:crypto'
import { jsonAnswer, readMultipart, refuse } from '../families/meta/simulator.ts'
import type { ApiRequest } from '../simulator.ts'
import { checkMedia } from './simulator-rules.ts'

const [minute, day] = [60_000, 86_400_000]

/** Ids of uploads live for thirty days, those of what customers sent for seven, and addresses for five minutes. */
export function createMediaStore(now: () => Date, baseUrl: () => string) {
  const files = new Map<string, { bytes: Buffer; mime: string; expiresAt: number }>()
  const addresses = new Map<string, { id: string; expiresAt: number }>()

  function keep(bytes: Buffer, mime: string, days: number): string {
    const id = String(1_013_859_600_000_000 + files.size)
    files.set(id, { bytes, mime, expiresAt: now().getTime() + days * day })
    return id
  }
  return {
    keep: (bytes: Buffer, mime: string) => keep(bytes, mime, 7),
    has: (id: string) => files.has(id),
    find: (id: string) => files.get(id),
    upload(request: ApiRequest) {
      const { fields, file } = readMultipart(request)
      if (fields.messaging_product !== 'whatsapp' || !file) return refuse(100, 'Invalid parameter')
      const mime = fields.type ?? file.mime
      return checkMedia(mime, file.bytes.length) ?? jsonAnswer(200, { id: keep(file.bytes, mime, 30) })
    },
    describe(id: string, method: string) {
      const file = files.get(id)
      if (!file || file.expiresAt <= now().getTime()) {
        const words = `Unsupported ${method.toLowerCase()} request. Object with ID '${id}' does not exist`
        return { ...refuse(100, words), subcode: 33 }
      }
      if (method === 'DELETE') return jsonAnswer(200, { success: files.delete(id) })
      const address = `a${addresses.size}`
      addresses.set(address, { id, expiresAt: now().getTime() + 5 * minute })
      const sha256 = createHash('sha256').update(file.bytes).digest('hex')
      const facts = { mime_type: file.mime, sha256, file_size: file.bytes.length, id, messaging_product: 'whatsapp' }
      return jsonAnswer(200, { url: `${baseUrl()}/bytes/${address}`, ...facts })
    },
    bytesAt(address: string) {
      const known = addresses.get(address)
      const file = known && known.expiresAt > now().getTime() ? files.get(known.id) : undefined
      return file
        ? { status: 200, headers: { 'content-type': file.mime }, body: file.bytes }
        : { status: 404, body: 'Media not found' }
    },
  }
}
