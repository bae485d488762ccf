import { ProfileOutlined } from '@ant-design/icons'
import { type ContentOf, readReplyPolicy } from '@qiao/protocol'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { call } from '../../../../shared/api.ts'
import { useWords } from '../../../../shared/i18n.ts'
import { part } from '../../../../shared/part.ts'
import { Tip } from '../../../../shared/tip.tsx'
import { templateWords } from './template-words.ts'

const TemplatePicker = lazy(
  part(() => import('./template-picker.tsx').then((module) => ({ default: module.TemplatePicker }))),
)

interface TemplatesButtonProps {
  conversationId: string
  inboxId: string
  language: string | null
  /** With its words beside the icon: where it is the only way to write. */
  isNamed?: boolean
  onSend: (content: ContentOf<'template'>) => void
}

/** Only where the channel has templates, which its reply policy says. */
export function TemplatesButton({ conversationId, inboxId, language, isNamed = false, onSend }: TemplatesButtonProps) {
  const t = useWords(templateWords)
  const [isOpen, setOpen] = useState(false)
  const { data: policy } = useQuery({
    queryKey: ['reply-policy', conversationId],
    queryFn: ({ signal }) => call(readReplyPolicy, { params: { id: conversationId } }, { signal }),
  })
  if (!policy?.template && !isOpen) return null
  const open = (): void => setOpen(true)
  return (
    <>
      {isNamed ? (
        <Button size="small" icon={<ProfileOutlined />} onClick={open}>
          {t('title')}
        </Button>
      ) : (
        <Tip title={t('open')}>
          <Button type="text" icon={<ProfileOutlined />} aria-label={t('open')} onClick={open} />
        </Tip>
      )}
      {isOpen ? (
        <Suspense>
          <TemplatePicker
            inboxId={inboxId}
            language={language}
            onSend={(content) => {
              setOpen(false)
              onSend(content)
            }}
            onClose={() => setOpen(false)}
          />
        </Suspense>
      ) : null}
    </>
  )
}
