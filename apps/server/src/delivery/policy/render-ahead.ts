import type { OutgoingMessage, Part, Problem } from '@qiao/channels'
import { contentToText, filesOf, type MessageContent } from '@qiao/protocol'
import type { AttachmentRow } from '#attachments'
import type { Account } from '../accounts/open-account.ts'
import { sampleLetter } from '../mails/outgoing-letter.ts'
import { expectedMedia } from '../outbound/fit-media.ts'

export type Ahead =
  | { kind: 'parts'; parts: readonly Part[]; degraded: readonly string[] }
  | { kind: 'impossible'; problem: Problem }

interface Circumstances extends Pick<
  OutgoingMessage,
  'to' | 'window' | 'replyTo' | 'thread' | 'language' | 'privately'
> {
  files: readonly AttachmentRow[]
  /** As it will be, or as long. */
  linkOf: (file: AttachmentRow) => string
}

/** Rendering is pure, so it tells before anything is stored what would go out, and whether anything can. */
export function renderAhead(
  { channel, config, capabilities, inbox }: Account,
  content: MessageContent,
  { files, linkOf, language, ...message }: Circumstances,
): Ahead {
  const named = new Set(filesOf(content).map(({ id }) => id))
  const mine = files.filter(({ id }) => named.has(id))
  const expected = expectedMedia(capabilities, content, mine[0])
  if ('problem' in expected) return { kind: 'impossible', problem: expected.problem }
  const links = Object.fromEntries(mine.map((file) => [file.id, linkOf(file)]))
  return channel.render(
    {
      ...message,
      content: expected.content,
      links,
      language: language ?? inbox.settings.defaultLocale,
      ...(capabilities.letters ? { letter: sampleLetter(contentToText(content)) } : {}),
    },
    config,
  )
}
