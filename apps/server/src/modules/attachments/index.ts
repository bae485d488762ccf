export type { AttachmentRow, Uploader } from './attachment.ts'
export type { AttachmentPolicy } from './attachment-policy.ts'
export {
  createAttachments,
  type AttachmentDeps,
  type AttachmentService,
  type ChangedAttachment,
} from './attachment-service.ts'
export { bundledFfmpeg } from './bundled-ffmpeg.ts'
export type { Upload } from './receive-upload.ts'
export { attachmentRoutes, registerMedia, type AttachmentAccess } from './routes.ts'
export { tieToConversations } from './tie-to-conversations.ts'
export { describeForMessage } from './use-attachment.ts'
