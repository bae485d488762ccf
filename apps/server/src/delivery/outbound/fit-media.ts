import type { AttachmentLimits, Capabilities, Problem } from '@qiao/channels'
import type { AttachmentReference, MessageContent } from '@qiao/protocol'
import type { AttachmentRow, WantedFile } from '#attachments'
import type { ChannelDeps } from '../channel-deps.ts'

type Facts = Pick<AttachmentReference, 'mime' | 'bytes' | 'durationMs'>
type Limits = Pick<Capabilities, 'attachments'>

export type Fitted =
  | { kind: 'fits'; content: MessageContent; files: readonly AttachmentRow[] }
  | { kind: 'impossible'; problem: Problem }

type WithFile = Extract<MessageContent, { attachment: AttachmentReference; caption?: unknown }>

/** What carries the file: the message itself, or what stands above the words of a template. */
function carrierOf(content: MessageContent): WithFile | null {
  if ('attachment' in content) return content
  const header = content.type === 'template' ? content.header : undefined
  return header && 'attachment' in header ? header : null
}

function withFile(content: MessageContent, attachment: AttachmentReference): MessageContent {
  if ('attachment' in content) return { ...content, attachment }
  const carrier = carrierOf(content)
  return content.type === 'template' && carrier && carrier.type !== 'audio'
    ? { ...content, header: { ...carrier, attachment } }
    : content
}

const takes = ({ mimes }: AttachmentLimits, mime: string): boolean =>
  mimes.includes('*/*') || mimes.includes(mime.split(';')[0] ?? '')

/** What a file has to become before the channel takes it; null when it goes as it is, or as the channel makes of it. */
function wantedOf(
  limits: AttachmentLimits | undefined,
  { mime, bytes }: Pick<Facts, 'mime' | 'bytes'>,
): WantedFile | null {
  if (!limits?.convertTo || (takes(limits, mime) && bytes <= limits.bytes)) return null
  return { mime: limits.convertTo, bytes: limits.bytes }
}

/** Length is not taken away from anybody's words. */
function tooLong(limits: AttachmentLimits | undefined, { durationMs = 0 }: Facts): Problem | null {
  if (!limits?.convertTo || limits.durationMs === undefined || durationMs <= limits.durationMs) return null
  const [has, most] = [Math.ceil(durationMs / 1000), Math.floor(limits.durationMs / 1000)]
  return { code: 'too-large', detail: `It lasts ${has} s; the channel takes ${most} s at most` }
}

const factsOf = (row: AttachmentRow): Facts => ({
  mime: row.mime,
  bytes: row.bytes,
  ...(row.durationMs === null ? {} : { durationMs: row.durationMs }),
})

/** As it will be once it is converted, for asking the channel before anything is. */
export function expectedMedia(
  capabilities: Limits,
  content: MessageContent,
  row: AttachmentRow | undefined,
): { content: MessageContent } | { problem: Problem } {
  const carrier = carrierOf(content)
  if (!carrier || !row) return { content }
  const limits = capabilities.attachments[carrier.type]
  const problem = tooLong(limits, factsOf(row))
  if (problem) return { problem }
  const wanted = wantedOf(limits, row)
  const { mime, bytes } = wanted ? { mime: wanted.mime, bytes: Math.min(row.bytes, wanted.bytes) } : row
  return { content: withFile(content, { ...carrier.attachment, mime, bytes }) }
}

/** Converts what the channel does not take. What cannot be converted fails here, before anything is sent. */
export async function fitMedia(
  deps: ChannelDeps,
  capabilities: Limits,
  content: MessageContent,
  files: readonly AttachmentRow[],
  signal?: AbortSignal,
): Promise<Fitted> {
  const [row] = files
  const carrier = carrierOf(content)
  if (!carrier || !row) return { kind: 'fits', content, files }
  const limits = capabilities.attachments[carrier.type]
  const long = tooLong(limits, factsOf(row))
  if (long) return { kind: 'impossible', problem: long }
  const wanted = wantedOf(limits, row)
  if (!wanted) return { kind: 'fits', content, files }
  const converted = await deps.attachments.convert(row, wanted, signal)
  if (converted.outcome === 'impossible')
    return { kind: 'impossible', problem: refusal(converted.failure, row, wanted) }
  const { id, name, mime, bytes, width, height, durationMs } = converted.row
  const attachment = {
    id,
    name,
    mime,
    bytes,
    ...(width === null || height === null ? {} : { width, height }),
    ...(durationMs === null ? {} : { durationMs }),
  }
  const again = tooLong(limits, factsOf(converted.row))
  if (again) return { kind: 'impossible', problem: again }
  return { kind: 'fits', content: withFile(content, attachment), files: [converted.row] }
}

const inWords = (bytes: number): string =>
  bytes < 1_048_576 ? `${Math.floor(bytes / 1024)} KB` : `${(bytes / 1_048_576).toFixed(1)} MB`

function refusal(failure: string, row: AttachmentRow, wanted: WantedFile): Problem {
  return failure === 'too-large'
    ? { code: 'too-large', detail: `${row.name} cannot be made smaller than ${inWords(wanted.bytes)}` }
    : { code: 'media-refused', detail: `${row.name} (${row.mime}) cannot be converted to ${wanted.mime}` }
}
