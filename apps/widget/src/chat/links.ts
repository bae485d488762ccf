import type { Attachment } from '@qiao/protocol/attachment'
import { services } from './services.ts'
import { state } from './store.ts'
import { serverNow } from './core/server-time.ts'

const wanted = new Set<string>()
let asking: ReturnType<typeof setTimeout> | undefined

async function ask(): Promise<void> {
  const ids = [...wanted].slice(0, 50)
  asking = undefined
  try {
    const { attachments } = await services().api.links(ids)
    state.value = {
      ...state.value,
      attachments: new Map([
        ...state.value.attachments,
        ...attachments.map((attachment) => [attachment.id, attachment] as const),
      ]),
    }
  } catch {
    // The tile stays without a picture; the next drawing of it asks again.
  }
  for (const id of ids) wanted.delete(id)
  if (wanted.size > 0) asking = setTimeout(() => void ask(), 0)
}

const lookAgainMs = 4_000
const watched = new Set<string>()

/** The push that says "ready" may be lost, or come before the answer that still says "processing". */
function watch(id: string): void {
  if (watched.has(id)) return
  watched.add(id)
  setTimeout(() => {
    watched.delete(id)
    if (state.value.attachments.get(id)?.state === 'processing') want(id)
  }, lookAgainMs)
}

function want(id: string): void {
  if (wanted.has(id)) return
  wanted.add(id)
  asking ??= setTimeout(() => void ask(), 20)
}

const usable = (attachment: Attachment): boolean => Date.parse(attachment.links.expiresAt) > serverNow() + 30_000

/** What is known of a file, with links that still work; asks for them together when they do not. */
export function attachmentOf(id: string): Attachment | null {
  const known = state.value.attachments.get(id)
  if (known?.state === 'processing') watch(id)
  if (known && usable(known)) return known
  want(id)
  return known ?? null
}
