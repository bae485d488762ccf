import type { AttachmentKind } from '@qiao/protocol/content'

/** A kind of file that may be sent (product.md §2). `inline` types may be shown by a browser as they are. */
export type FileType = {
  extension: string
  /** Other extensions that say the same; a file that has one of them keeps its name. */
  aliases: readonly string[]
  mime: string
  kind: AttachmentKind
  inline: boolean
}

const type = (
  kind: AttachmentKind,
  extension: string,
  mime: string,
  more: { aliases?: string[]; inline?: boolean } = {},
): FileType => ({ kind, extension, mime, aliases: more.aliases ?? [], inline: more.inline ?? false })

const office = 'application/vnd.openxmlformats-officedocument'

export const fileTypes = {
  jpeg: type('image', 'jpg', 'image/jpeg', { aliases: ['jpeg', 'jfif', 'jpe', 'jif'], inline: true }),
  png: type('image', 'png', 'image/png', { aliases: ['apng'], inline: true }),
  gif: type('image', 'gif', 'image/gif', { inline: true }),
  webp: type('image', 'webp', 'image/webp', { inline: true }),
  bmp: type('image', 'bmp', 'image/bmp', { aliases: ['dib'] }),
  amr: type('audio', 'amr', 'audio/amr', { aliases: ['awb'] }),
  mp3: type('audio', 'mp3', 'audio/mpeg', { inline: true }),
  wav: type('audio', 'wav', 'audio/wav', { aliases: ['wave'], inline: true }),
  aac: type('audio', 'aac', 'audio/aac', { inline: true }),
  m4a: type('audio', 'm4a', 'audio/mp4', { aliases: ['mp4', 'm4b'], inline: true }),
  opus: type('audio', 'opus', 'audio/ogg', { aliases: ['ogg', 'oga'], inline: true }),
  weba: type('audio', 'weba', 'audio/webm', { aliases: ['webm'], inline: true }),
  mp4: type('video', 'mp4', 'video/mp4', { aliases: ['m4v'], inline: true }),
  webm: type('video', 'webm', 'video/webm', { inline: true }),
  mov: type('video', 'mov', 'video/quicktime', { aliases: ['qt'] }),
  avi: type('video', 'avi', 'video/x-msvideo'),
  flv: type('video', 'flv', 'video/x-flv'),
  wmv: type('video', 'wmv', 'video/x-ms-wmv', { aliases: ['asf'] }),
  pdf: type('file', 'pdf', 'application/pdf'),
  doc: type('file', 'doc', 'application/msword', { aliases: ['dot'] }),
  xls: type('file', 'xls', 'application/vnd.ms-excel', { aliases: ['xlt'] }),
  ppt: type('file', 'ppt', 'application/vnd.ms-powerpoint', { aliases: ['pps', 'pot'] }),
  docx: type('file', 'docx', `${office}.wordprocessingml.document`),
  xlsx: type('file', 'xlsx', `${office}.spreadsheetml.sheet`),
  pptx: type('file', 'pptx', `${office}.presentationml.presentation`),
  txt: type('file', 'txt', 'text/plain', { aliases: ['text', 'log', 'md'] }),
  csv: type('file', 'csv', 'text/csv'),
  ics: type('file', 'ics', 'text/calendar', { aliases: ['ical', 'ifb'] }),
  zip: type('file', 'zip', 'application/zip'),
  rar: type('file', 'rar', 'application/vnd.rar'),
  tar: type('file', 'tar', 'application/x-tar'),
  /** Came by letter: it is kept under the name that it came with, to be saved and never shown. */
  other: type('file', 'bin', 'application/octet-stream'),
} as const satisfies Record<string, FileType>

export type FileTypeName = keyof typeof fileTypes
