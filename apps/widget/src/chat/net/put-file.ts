import type { Attachment } from '@qiao/protocol/attachment'
import { trusted } from '../../shared/trusted.ts'
import { services } from '../services.ts'
import type { Upload } from '../store.ts'
import { Refusal, toRefusal } from './problem.ts'

/** Sends the bytes as they are. XHR, because fetch cannot tell how far an upload has got. */
export function putFile(
  upload: Upload,
  token: string,
  change: (part: Pick<Partial<Upload>, 'progress' | 'cancel'>) => void,
): Promise<Attachment> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    const query = new URLSearchParams({ name: upload.name, ...(upload.file.type ? { type: upload.file.type } : {}) })
    request.open('PUT', `${services().base}/api/client/v1/attachments/${upload.id}?${query}`)
    request.setRequestHeader('authorization', `Bearer ${token}`)
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.upload.addEventListener('progress', (event) => {
      if (event.lengthComputable) change({ progress: event.loaded / event.total })
    })
    request.addEventListener('load', () => {
      if (request.status >= 300) reject(toRefusal(request.status, request.responseText))
      else resolve(trusted<Attachment>(JSON.parse(request.responseText)))
    })
    request.addEventListener('error', () => reject(new Refusal('offline')))
    change({ cancel: () => request.abort() })
    request.send(upload.file)
  })
}
