import { type MessageEntry, contentToText, currentContent } from '@qiao/protocol'
import { App } from 'antd'
import { type ReactNode, memo, useContext } from 'react'
import { useWords } from '../../../shared/i18n.ts'
import { worded } from '../../../shared/worded.ts'
import { joinedWords } from '../joined/words.ts'
import { inboxWords } from '../words.ts'
import { PowersContext } from './powers.tsx'
import { NoReactions, ReactButton } from './react-button.tsx'
import { useThreadContext } from './thread-context.tsx'

/**
 * The kit's outlined icons as bare drawings: a thread has hundreds, and as components of the kit they took a third of what
 * opening it took.
 */
const drawn = (path: string): ReactNode => (
  <svg viewBox="64 64 896 896" width="1em" height="1em" fill="currentColor" aria-hidden="true">
    <path d={path} />
  </svg>
)
const icons = {
  reply: drawn(
    'M793 242H366v-74c0-6.7-7.7-10.4-12.9-6.3l-142 112a8 8 0 000 12.6l142 112c5.2 4.1 12.9.4 12.9-6.3v-74h415v470H175c-4.4 0-8 3.6-8 8v60c0 4.4 3.6 8 8 8h618c35.3 0 64-28.7 64-64V306c0-35.3-28.7-64-64-64z',
  ),
  copy: drawn(
    'M832 64H296c-4.4 0-8 3.6-8 8v56c0 4.4 3.6 8 8 8h496v688c0 4.4 3.6 8 8 8h56c4.4 0 8-3.6 8-8V96c0-17.7-14.3-32-32-32zM704 192H192c-17.7 0-32 14.3-32 32v530.7c0 8.5 3.4 16.6 9.4 22.6l173.3 173.3c2.2 2.2 4.7 4 7.4 5.5v1.9h4.2c3.5 1.3 7.2 2 11 2H704c17.7 0 32-14.3 32-32V224c0-17.7-14.3-32-32-32zM350 856.2L263.9 770H350v86.2zM664 888H414V746c0-22.1-17.9-40-40-40H232V264h432v624z',
  ),
  edit: drawn(
    'M257.7 752c2 0 4-.2 6-.5L431.9 722c2-.4 3.9-1.3 5.3-2.8l423.9-423.9a9.96 9.96 0 000-14.1L694.9 114.9c-1.9-1.9-4.4-2.9-7.1-2.9s-5.2 1-7.1 2.9L256.8 538.8c-1.5 1.5-2.4 3.3-2.8 5.3l-29.5 168.2a33.5 33.5 0 009.4 29.8c6.6 6.4 14.9 9.9 23.8 9.9zm67.4-174.4L687.8 215l73.3 73.3-362.7 362.6-88.9 15.7 15.6-89zM880 836H144c-17.7 0-32 14.3-32 32v36c0 4.4 3.6 8 8 8h784c4.4 0 8-3.6 8-8v-36c0-17.7-14.3-32-32-32z',
  ),
  split: drawn(
    'M759.2 419.8L697.4 358a8 8 0 015.3-13.7l153.600-7.700c5-.3 9.100 3.900 8.900 8.900l-7.700 153.600a8 8 0 01-13.700 5.300L782 442.600 560 664.600V880c0 4.400-3.600 8-8 8h-80c-4.400 0-8-3.600-8-8V664.600L242 442.600l-61.800 61.800a8 8 0 01-13.700-5.300l-7.700-153.600c-.2-5 3.900-9.200 8.900-8.900l153.600 7.700a8 8 0 015.300 13.700l-61.800 61.800L512 567z',
  ),
  recall: drawn(
    'M360 184h-8c4.4 0 8-3.6 8-8v8h304v-8c0 4.4 3.6 8 8 8h-8v72h72v-80c0-35.3-28.7-64-64-64H352c-35.3 0-64 28.7-64 64v80h72v-72zm504 72H160c-17.7 0-32 14.3-32 32v32c0 4.4 3.6 8 8 8h60.4l24.7 523c1.6 34.1 29.8 61 63.9 61h454c34.2 0 62.3-26.8 63.9-61l24.7-523H888c4.4 0 8-3.6 8-8v-32c0-17.7-14.3-32-32-32zM731.3 840H292.7l-24.2-512h487l-24.2 512z',
  ),
}
type Action = Exclude<keyof typeof icons, 'split'>

const button = (icon: ReactNode, label: string, run: () => void): ReactNode => (
  <button type="button" className="q-act" title={label} aria-label={label} onClick={run}>
    {icon}
  </button>
)

interface MessageActionsProps {
  entry: MessageEntry
  byMe: boolean
  /** The customer does not have it yet: it can be taken back on every channel. */
  unsent: boolean
}

/** What can be done with a message; shown under the hand and the focus. */
export const MessageActions = memo(function MessageActions({ entry, byMe, unsent }: MessageActionsProps) {
  const t = useWords(inboxWords)
  const joined = useWords(joinedWords)
  const context = useThreadContext()
  const powers = useContext(PowersContext)
  const { modal, message } = App.useApp()
  const content = currentContent(entry)
  if (!content) return null
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(contentToText(content))
    void message.success(t('message.copied'))
  }
  const recall = (): void => {
    void modal.confirm({
      title: t('message.recallAsk'),
      okText: t('message.recall'),
      okButtonProps: { danger: true },
      onOk: () => context.onRecall(entry),
    })
  }
  const act = (action: Action, run: () => void): ReactNode => button(icons[action], t(`message.${action}`), run)
  const here = entry.conversationId === context.conversationId
  const mine = here && byMe && entry.kind === 'message.sent' && !entry.body.via
  return (
    <span className="q-msg-actions" role="group" aria-label={t('message.actions')}>
      {here && powers.quote ? act('reply', () => context.onReply(entry)) : null}
      {act('copy', () => void copy())}
      {here && entry.kind === 'message.received' && powers.react ? (
        <ReactButton entry={entry} only={powers.react} />
      ) : null}
      {here && entry.kind === 'message.received' && powers.whyNoReactions ? (
        <NoReactions why={worded(powers.whyNoReactions)} />
      ) : null}
      {here ? button(icons.split, joined('do.split'), () => context.onSplit(entry)) : null}
      {mine && powers.edit && content.type === 'text' ? act('edit', () => context.onEdit(entry)) : null}
      {mine && (powers.recall || unsent) ? act('recall', recall) : null}
    </span>
  )
})
