import type { MailFile } from '@qiao/protocol'
import { useQueries, useQuery } from '@tanstack/react-query'
import { attachmentQuery } from '../../../shared/attachments.ts'
import { useWords } from '../../../shared/i18n.ts'
import { AttachmentView } from '../content/attachment-view.tsx'
import { useThreadContext } from '../thread/thread-context.tsx'
import { isWorthSeeing, picturesWithin } from './inline-pictures.ts'
import { mailBodyQuery } from './mail-queries.ts'
import { mailWords } from './words.ts'

/** Pictures that stood between the words, once it is known which they are and how large. */
export function useShownPictures(bodyId: string | undefined, pictures: readonly MailFile[]): MailFile[] {
  const { data } = useQuery({
    ...mailBodyQuery(bodyId ?? ''),
    enabled: bodyId !== undefined && pictures.length > 0,
  })
  const within = data ? picturesWithin(data.html, pictures) : []
  const held = useQueries({ queries: within.map(({ id }) => attachmentQuery(id)) })
  return within.flatMap((picture, at) => {
    const facts = held[at]?.data
    if (facts?.state !== 'ready' || !isWorthSeeing(facts)) return []
    return [{ ...picture, width: facts.width, height: facts.height }]
  })
}

export function PictureStrip({ pictures }: { pictures: readonly MailFile[] }) {
  const t = useWords(mailWords)
  const { openImage } = useThreadContext()
  if (pictures.length === 0) return null
  return (
    <ul className="q-mail-files" aria-label={t('body.inline', { count: pictures.length })}>
      {pictures.map((picture) => (
        <li key={picture.id}>
          <AttachmentView kind="image" reference={picture} onOpenImage={openImage} />
        </li>
      ))}
    </ul>
  )
}
