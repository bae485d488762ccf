import { DownOutlined, PaperClipOutlined, SendOutlined, SmileOutlined } from '@ant-design/icons'
import { Button, Popover } from 'antd'
import { Suspense, lazy, memo } from 'react'
import { useWords } from '../../../shared/i18n.ts'
import { part } from '../../../shared/part.ts'
import { Tip } from '../../../shared/tip.tsx'
import { inboxWords } from '../words.ts'

/** The kit's buttons are dear: they are told little, so that neither a key nor another conversation draws them anew. */
const EmojiPicker = lazy(part(() => import('./emoji-picker.tsx').then((module) => ({ default: module.EmojiPicker }))))

interface AttachButtonProps {
  disabled: boolean
  /** What the channel takes; null where only our own limits hold. */
  taken?: string | null
  onAttach: () => void
}

export const AttachButton = memo(function AttachButton({ disabled, taken = null, onAttach }: AttachButtonProps) {
  const t = useWords(inboxWords)
  return (
    <Tip title={[t('composer.attach'), taken].filter(Boolean).join(' · ')} keys="u">
      <Button
        type="text"
        icon={<PaperClipOutlined />}
        aria-label={t('composer.attach')}
        aria-description={taken ?? undefined}
        disabled={disabled}
        onClick={onAttach}
      />
    </Tip>
  )
})

interface EmojiButtonProps {
  open: boolean
  onOpen: (open: boolean) => void
  onPick: (character: string) => void
}

export const EmojiButton = memo(function EmojiButton({ open, onOpen, onPick }: EmojiButtonProps) {
  const t = useWords(inboxWords)
  return (
    <Popover
      open={open}
      onOpenChange={onOpen}
      trigger="click"
      placement="topLeft"
      destroyOnHidden
      content={
        <Suspense fallback={<div className="q-emoji" />}>
          <EmojiPicker onPick={onPick} />
        </Suspense>
      }
    >
      <Button type="text" icon={<SmileOutlined />} aria-label={t('composer.emoji')} />
    </Popover>
  )
})

interface SendButtonProps {
  words: string
  plane: boolean
  disabled: boolean
  /** Id of the words that say why it is disabled. */
  saidBy: string | undefined
  onSend: () => void
}

export const SendButton = memo(function SendButton({ words, plane, disabled, saidBy, onSend }: SendButtonProps) {
  return (
    <Button
      type="primary"
      icon={plane ? <SendOutlined /> : undefined}
      disabled={disabled}
      aria-describedby={saidBy}
      onClick={onSend}
    >
      {words}
    </Button>
  )
})

export const FoldButton = memo(function FoldButton({ onFold }: { onFold: () => void }) {
  const t = useWords(inboxWords)
  return (
    <Button
      className="q-composer-fold"
      type="text"
      size="small"
      icon={<DownOutlined />}
      aria-label={t('composer.fold')}
      title={t('composer.fold')}
      onClick={onFold}
    />
  )
})
