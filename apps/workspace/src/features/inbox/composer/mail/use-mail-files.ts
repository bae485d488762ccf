import type { Attachment, MailFile } from '@qiao/protocol'
import { useEffect, useRef } from 'react'
import { useStable } from '../../../../shared/use-stable.ts'
import type { UploadPlace } from '../../../../shared/upload.ts'
import { type Upload, useUploads } from '../uploads.ts'
import { cidOf, showLocally } from '../../../../shared/mail-editor/local-pictures.ts'

const toFile = ({ id, kind, name, mime, bytes, width, height, durationMs }: Attachment, inline: boolean): MailFile => ({
  id,
  kind,
  name,
  mime,
  bytes,
  ...(width === undefined ? {} : { width }),
  ...(height === undefined ? {} : { height }),
  ...(durationMs === undefined ? {} : { durationMs }),
  ...(inline ? { cid: cidOf(id) } : {}),
})

/** Files on their way up; each is handed over once it has arrived, pictures with the place they have in the words. */
export function useMailFiles(place: UploadPlace, onReady: (file: MailFile) => void) {
  const { uploads, add, remove, again } = useUploads(place)
  const inline = useRef(new WeakSet<File>())
  const ready = useStable((each: Upload, attachment: Attachment): void => {
    const within = inline.current.has(each.file)
    if (within) showLocally(cidOf(attachment.id), each.file)
    remove(each.id)
    onReady(toFile(attachment, within))
  })
  useEffect(() => {
    for (const each of uploads) if (each.state === 'ready' && each.attachment) ready(each, each.attachment)
  }, [uploads, ready])
  return {
    uploads,
    remove,
    again,
    add: (files: readonly File[], within: boolean): void => {
      if (within) for (const file of files) inline.current.add(file)
      add(files)
    },
  }
}
