import type { MessageEntry } from '@qiao/protocol'
import { Popover } from 'antd'
import { lazy, Suspense, useContext, useEffect, useRef, useState } from 'react'
import { useWords } from '../../../shared/i18n.ts'
import { part } from '../../../shared/part.ts'
import { inboxWords } from '../words.ts'
import { PowersContext } from './powers.tsx'
import { useThreadContext } from './thread-context.tsx'

const EmojiPicker = lazy(
  part(() => import('../composer/emoji-picker.tsx').then((module) => ({ default: module.EmojiPicker }))),
)

/** What is meant nearly always. */
const usualReactions = ['👍', '❤️', '🙏', '🎉', '👏', '😁', '😢'] as const

const face = (
  <svg viewBox="0 0 24 24" width="1em" height="1em" fill="none" stroke="currentColor" strokeWidth="2" aria-hidden>
    <circle cx="12" cy="12" r="9" />
    <path d="M8 14.5a5 5 0 0 0 8 0M9 9.5v.01M15 9.5v.01" strokeLinecap="round" />
  </svg>
)

/** Where one would look for the button: why there is none. */
export const NoReactions = ({ why }: { why: string }) => (
  <button type="button" className="q-act" aria-disabled="true" title={why} aria-label={why}>
    {face}
  </button>
)

interface ReactButtonProps {
  entry: MessageEntry
  only: readonly string[] | 'any'
}

/** The kit's popover is dear, and threads have hundreds of messages: it is there once the button was pressed. */
export function ReactButton({ entry, only }: ReactButtonProps) {
  const t = useWords(inboxWords)
  const { onReact } = useThreadContext()
  const button = useRef<HTMLButtonElement>(null)
  const [state, setState] = useState<'new' | 'open' | 'closed'>('new')
  const isOpen = state === 'open'
  const close = (): void => {
    setState('closed')
    button.current?.focus()
  }
  const choose = (emoji: string): void => {
    close()
    onReact(entry, emoji === entry.revision?.reaction ? null : emoji)
  }
  const trigger = (
    <button
      ref={button}
      type="button"
      className="q-act"
      title={t('message.react')}
      aria-label={t('message.react')}
      aria-expanded={isOpen}
      onClick={state === 'new' ? () => setState('open') : undefined}
    >
      {face}
    </button>
  )
  if (state === 'new') return trigger
  return (
    <Popover
      open={isOpen}
      trigger="click"
      placement="top"
      destroyOnHidden
      onOpenChange={(open) => setState(open ? 'open' : 'closed')}
      content={
        <Choices
          only={only === 'any' ? undefined : only}
          current={entry.revision?.reaction}
          onChoose={choose}
          onClose={close}
        />
      }
    >
      {trigger}
    </Popover>
  )
}

interface ChoicesProps {
  only: readonly string[] | undefined
  current: string | undefined
  onChoose: (emoji: string) => void
  onClose: () => void
}
function Choices({ only, current, onChoose, onClose }: ChoicesProps) {
  const t = useWords(inboxWords)
  const row = useRef<HTMLDivElement>(null)
  const [isAll, setAll] = useState(false)
  useEffect(() => row.current?.querySelector('button')?.focus(), [])
  const usual = usualReactions.filter((emoji) => !only || only.includes(emoji))
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- Escape closes what the button opened
    <div
      ref={row}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        onClose()
      }}
    >
      {isAll ? (
        <Suspense fallback={<div className="q-emoji" />}>
          <EmojiPicker only={only} onPick={onChoose} />
        </Suspense>
      ) : (
        <div className="q-reactions" role="group" aria-label={t('message.react')}>
          {usual.map((emoji) => (
            <button key={emoji} type="button" aria-pressed={emoji === current} onClick={() => onChoose(emoji)}>
              {emoji}
            </button>
          ))}
          {!only || only.length > usual.length ? (
            <button type="button" aria-label={t('message.moreEmoji')} onClick={() => setAll(true)}>
              …
            </button>
          ) : null}
        </div>
      )}
    </div>
  )
}

/** As the customer sees it beside their message. */
export function OurReaction({ entry, emoji }: { entry: MessageEntry; emoji: string }) {
  const t = useWords(inboxWords)
  const { onReact, conversationId } = useThreadContext()
  const powers = useContext(PowersContext)
  if (!powers.react || entry.conversationId !== conversationId) {
    return (
      <span className="q-reaction" role="img" aria-label={t('message.reacted', { emoji })}>
        {emoji}
      </span>
    )
  }
  const label = t('message.unreact', { emoji })
  return (
    <button type="button" className="q-reaction" title={label} aria-label={label} onClick={() => onReact(entry, null)}>
      {emoji}
    </button>
  )
}
