import type { Attachment } from '@qiao/protocol'
import { useCallback, useEffect, useRef, useState } from 'react'
import { attachmentKey } from '../../../shared/attachments.ts'
import { newClientKey } from '../../../shared/client-key.ts'
import { upload, type UploadPlace } from '../../../shared/upload.ts'
import { useQueryClient } from '@tanstack/react-query'

export interface Upload {
  readonly id: string
  readonly file: File
  readonly percent: number
  readonly state: 'uploading' | 'ready' | 'failed'
  readonly error: unknown
  readonly attachment: Attachment | null
}

const none: readonly Upload[] = []

/** Files for one conversation, or for one that begins: each starts at once and can be cancelled, by leaving too; the same id again after a failure. */
export function useUploads(place: UploadPlace) {
  const client = useQueryClient()
  const inboxId = 'inboxId' in place ? place.inboxId : null
  const of = 'inboxId' in place ? place.inboxId : place.conversationId
  const [held, setHeld] = useState({ of, uploads: none })
  if (held.of !== of) setHeld({ of, uploads: none })
  const uploads = held.of === of ? held.uploads : none
  const setUploads = useCallback(
    (next: (all: readonly Upload[]) => readonly Upload[]): void =>
      setHeld((now) => (now.of === of ? { ...now, uploads: next(now.uploads) } : now)),
    [of],
  )
  const running = useRef(new Map<string, AbortController>())
  const patch = useCallback(
    (id: string, change: Partial<Upload>) =>
      setUploads((all) => all.map((each) => (each.id === id ? { ...each, ...change } : each))),
    [setUploads],
  )

  const start = useCallback(
    async (id: string, file: File): Promise<void> => {
      const control = new AbortController()
      running.current.set(id, control)
      try {
        const to = inboxId === null ? { conversationId: of } : { inboxId }
        const onProgress = (percent: number): void => patch(id, { percent })
        const attachment = await upload(file, { id, place: to, onProgress, signal: control.signal })
        client.setQueryData(attachmentKey(attachment.id), attachment)
        patch(id, { state: 'ready', percent: 100, attachment })
      } catch (error) {
        if (!control.signal.aborted) patch(id, { state: 'failed', error })
      } finally {
        running.current.delete(id)
      }
    },
    [client, of, inboxId, patch],
  )

  const add = useCallback(
    (files: readonly File[]) => {
      const added = files.map((file): Upload => ({
        id: newClientKey(),
        file,
        percent: 0,
        state: 'uploading',
        error: null,
        attachment: null,
      }))
      setUploads((all) => [...all, ...added])
      for (const each of added) void start(each.id, each.file)
    },
    [setUploads, start],
  )
  const remove = useCallback(
    (id: string) => {
      running.current.get(id)?.abort()
      setUploads((all) => all.filter((each) => each.id !== id))
    },
    [setUploads],
  )
  const again = useCallback(
    (each: Upload) => {
      patch(each.id, { state: 'uploading', percent: 0, error: null })
      void start(each.id, each.file)
    },
    [patch, start],
  )
  const clear = useCallback(() => setUploads(() => none), [setUploads])
  useEffect(() => {
    const all = running.current
    return () => {
      for (const control of all.values()) control.abort()
    }
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- whoever leaves the conversation cancels them
  }, [of])
  return { uploads, add, remove, again, clear }
}
