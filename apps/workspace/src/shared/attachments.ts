import { type Attachment, linkAttachments } from '@qiao/protocol'
import { queryOptions } from '@tanstack/react-query'
import { ApiError, call } from './api.ts'
import { serverNow } from './server-time.ts'

export const attachmentKey = (id: string) => ['attachments', id] as const

interface Waiting {
  id: string
  resolve: (attachment: Attachment) => void
  reject: (error: unknown) => void
}
let waiting: Waiting[] = []

/** A screenful of images asks once, not once an image. */
function linkOf(id: string): Promise<Attachment> {
  return new Promise((resolve, reject) => {
    if (waiting.length === 0) setTimeout(() => void flush(), 15)
    waiting.push({ id, resolve, reject })
  })
}

async function flush(): Promise<void> {
  const all = waiting
  waiting = []
  for (let at = 0; at < all.length; at += 50) {
    const batch = all.slice(at, at + 50)
    try {
      const { attachments } = await call(linkAttachments, { body: { ids: [...new Set(batch.map(({ id }) => id))] } })
      for (const { id, resolve, reject } of batch) {
        const found = attachments.find((attachment) => attachment.id === id)
        if (found) resolve(found)
        else reject(new ApiError('attachment-not-found', 404))
      }
    } catch (error) {
      for (const { reject } of batch) reject(error)
    }
  }
}

/** Links live shortly; they are read again before they end, while the file is on screen. */
export const attachmentQuery = (id: string) =>
  queryOptions({
    queryKey: attachmentKey(id),
    queryFn: () => linkOf(id),
    staleTime: (query) => (query.state.data ? Date.parse(query.state.data.links.expiresAt) - serverNow() - 60_000 : 0),
    refetchInterval: (query) => {
      const held = query.state.data
      if (!held) return false
      if (held.state === 'processing') return 5000
      return Math.max(30_000, Date.parse(held.links.expiresAt) - serverNow() - 30_000)
    },
  })
