import { type Attachment, uploadAttachment } from '@qiao/protocol'
import { ApiError, toApiError, urlOf } from './api.ts'

/** Where it will be said; for what begins a conversation only the inbox is known. */
export type UploadPlace = { conversationId: string } | { inboxId: string }

export interface UploadOptions {
  id: string
  place: UploadPlace
  onProgress: (percent: number) => void
  signal: AbortSignal
}

/** Sends the raw file. XMLHttpRequest because fetch does not tell how far it has got. */
export function upload(file: File, { id, place, onProgress, signal }: UploadOptions): Promise<Attachment> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    const query = { name: file.name || 'file', type: file.type || undefined, ...place }
    request.open('PUT', urlOf(uploadAttachment, { params: { id }, query }))
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.upload.addEventListener('progress', (event) => {
      if (event.lengthComputable) onProgress(Math.round((event.loaded / event.total) * 100))
    })
    request.addEventListener('load', () => {
      const response = new Response(request.responseText, { status: request.status })
      if (request.status < 300) void response.json().then(resolve, reject)
      else void toApiError(response).then(reject)
    })
    request.addEventListener('error', () => reject(new ApiError('network', 0)))
    request.addEventListener('abort', () => reject(new DOMException('Cancelled', 'AbortError')))
    signal.addEventListener('abort', () => request.abort())
    request.send(file)
  })
}
