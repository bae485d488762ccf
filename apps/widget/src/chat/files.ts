import type { AttachmentKind } from '@qiao/protocol/content'
import { newId } from './core/new-id.ts'
import { loaded } from './net/part.ts'
import { sayMessage } from './say-message.ts'
import { services } from './services.ts'
import { config, notice, state, type Upload, uploads } from './store.ts'
import { bytes } from './words/times.ts'
import { refusalWords } from './words/refusals.ts'
import { say } from './words/words.ts'
import { withKey } from './core/state.ts'

function kindOf(type: string): AttachmentKind {
  const [family] = type.split('/')
  return family === 'image' || family === 'audio' || family === 'video' ? family : 'file'
}

const change = (id: string, part: Partial<Upload>): void => {
  uploads.value = uploads.value.map((upload) => (upload.id === id ? { ...upload, ...part } : upload))
}

export function dropUpload(id: string): void {
  const upload = uploads.value.find((candidate) => candidate.id === id)
  upload?.cancel()
  if (upload?.preview) URL.revokeObjectURL(upload.preview)
  uploads.value = uploads.value.filter((candidate) => candidate.id !== id)
}

export async function startUpload(id: string): Promise<void> {
  const upload = uploads.value.find((candidate) => candidate.id === id)
  if (!upload) return
  change(id, { error: null, progress: 0 })
  try {
    const token = await services().session.ensure()
    const { putFile } = await loaded(import('./net/put-file.ts'))
    const attachment = await putFile(upload, token, (part) => change(id, part))
    const { name, mime, bytes: size, width, height, durationMs } = attachment
    state.value = { ...state.value, attachments: withKey(state.value.attachments, id, attachment) }
    if (upload.held) return change(id, { attachment, progress: 1 })
    const target = uploads.value.find((candidate) => candidate.id === id)?.threadId ?? upload.threadId
    dropUpload(id)
    const reference = { id: attachment.id, name, mime, bytes: size, width, height, durationMs }
    sayMessage(target, { type: attachment.kind, attachment: reference })
  } catch (error) {
    change(id, { error: refusalWords(error) })
  }
}

const begun = { progress: 0, error: null, attachment: null, cancel: () => undefined }

export function addFile(threadId: string, file: Blob, name: string, held = false): void {
  const limits = config.value?.settings.attachments
  const kind = kindOf(file.type)
  if (limits && file.size > limits.maxBytes) {
    notice.value = say('tooBig', { size: bytes(limits.maxBytes) })
    return
  }
  if (limits && !limits.kinds.includes(kind)) {
    notice.value = say('kindRefused')
    return
  }
  const preview = kind === 'image' ? URL.createObjectURL(file) : null
  const id = newId()
  uploads.value = [...uploads.value, { ...begun, id, threadId, file, name, kind, preview, held }]
  void startUpload(id)
}

export function addFiles(threadId: string, files: Iterable<File>, held = false): void {
  for (const file of files) addFile(threadId, file, file.name || 'file', held)
}
