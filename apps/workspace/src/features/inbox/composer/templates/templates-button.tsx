import { ProfileOutlined } from '@ant-design/icons'
import type { ContentOf } from '@qiao/protocol'
import { Button } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useWords } from '../../../../shared/i18n.ts'
import { part } from '../../../../shared/part.ts'
import { Tip } from '../../../../shared/tip.tsx'
import { templateWords } from './template-words.ts'

const TemplatePicker = lazy(
  part(() => import('./template-picker.tsx').then((module) => ({ default: module.TemplatePicker }))),
)

interface TemplatesButtonProps {
  /** Whose templates they are. */
  inboxId: string
  language: string | null
  /** With its words beside the icon: where it is the only way to write. */
  isNamed?: boolean
  onSend: (content: ContentOf<'template'>) => void
}

/** Only for ways whose channel has templates. */
export function TemplatesButton({ inboxId, language, isNamed = false, onSend }: TemplatesButtonProps) {
  const t = useWords(templateWords)
  const [isOpen, setOpen] = useState(false)
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
