import { useQuery } from '@tanstack/react-query'
import { attachmentQuery } from '../../../shared/attachments.ts'
import { useWords } from '../../../shared/i18n.ts'
import { inboxWords } from '../words.ts'
import { AttachmentView } from './attachment-view.tsx'

/** For notes, which keep ids alone. */
export function AttachmentById({ id, onOpenImage }: { id: string; onOpenImage: (id: string) => void }) {
  const t = useWords(inboxWords)
  const { data, isError } = useQuery(attachmentQuery(id))
  if (isError) return <span className="q-file-size">{t('file.unavailable')}</span>
  if (!data) return <span className="q-file-size">{t('file.loading')}</span>
  return <AttachmentView kind={data.kind} reference={data} onOpenImage={onOpenImage} />
}
