import { type Entry, currentContent, isMessage } from '@qiao/protocol'
import { Skeleton } from 'antd'
import { Suspense, lazy, memo, useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { ErrorState } from '../../../shared/error-state.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { contactName } from '../../../shared/names.ts'
import { useHeldWork } from '../../../shared/routing/my-routing.ts'
import { useMe } from '../../../shared/session.ts'
import type { Held } from '../../../shared/use-held.ts'
import { useStaffNames } from '../../../shared/staff.ts'
import { createStore, useStore } from '../../../shared/store.ts'
import type { OpenAction } from '../actions/thread-actions.tsx'
import { ThreadHeader } from '../actions/thread-header.tsx'
import type { CloseReason, ConversationActions } from '../actions/use-conversation-actions.ts'
import type { ComposerHandle } from '../composer/composer.tsx'
import type { MailWanted } from '../composer/mail/mail-dock.tsx'
import { WritingDock } from '../composer/mail/writing-dock.tsx'
import { ReplyStrip } from '../composer/reply-strip.tsx'
import { useWhisperTo } from '../composer/use-whisper.ts'
import { useSplit } from '../joined/use-split.ts'
import { isMail } from '../mail/folds.ts'
import { MailBar } from '../mail/mail-bar.tsx'
import { outboxStore } from '../outbox.ts'
import { wrapUpOf } from '../wrap-up/starts-wrap-up.ts'
import { WrapUpPanel } from '../wrap-up/wrap-up-panel.tsx'
import { inboxWords } from '../words.ts'
import { ConsultDock } from './consult-dock.tsx'
import { isOnlyAsked } from './consults.ts'
import { PowersOfChannel } from './powers.tsx'
import { buildRows } from './rows.ts'
import { ThreadBars } from './thread-bars.tsx'
import { EntriesContext, ThreadContext, type ThreadContextValue, entriesById } from './thread-context.tsx'
import { type ScrollerHandle, ThreadScroller } from './thread-scroller.tsx'
import { TypingLine } from './typing-line.tsx'
import { useReading } from './use-reading.ts'
import type { Thread } from './use-thread.ts'
import { part } from '../../../shared/part.ts'
import './thread.css'

const Lightbox = lazy(part(() => import('./lightbox.tsx').then((module) => ({ default: module.Lightbox }))))

interface ThreadViewProps {
  id: string
  thread: Thread
  actions: ConversationActions
  openAction: OpenAction
  onOpenAction: (action: OpenAction) => void
  onClose: (reason?: CloseReason) => void
  onWrappedUp: (id: string) => void
  onBack: () => void
  onOpen: (id: string) => void
  panelShown: boolean
  onPanel: () => void
  composer: Held<ComposerHandle>
}

const noEntries: readonly Entry[] = []

const dragsFiles = (event: React.DragEvent): boolean => event.dataTransfer.types.includes('Files')

export function ThreadView(props: ThreadViewProps) {
  const { id, thread, actions, composer } = props
  const t = useWords(inboxWords)
  const me = useMe()
  const names = useStaffNames()
  const outbox = useStore(outboxStore)
  // Which thread is scrolled back; the next one that is opened begins at its end.
  const [scrolledBack, setScrolledBack] = useState<string | null>(null)
  const atEnd = scrolledBack !== id
  const onAtEnd = useCallback((end: boolean) => setScrolledBack(end ? null : id), [id])
  const [image, setImage] = useState<string | null>(null)
  const [dropping, setDropping] = useState(false)
  const scroller = useRef<ScrollerHandle>(null)
  const { item, segments } = thread
  useReading(item, atEnd, actions)

  const flat = useMemo(() => segments.flatMap((segment) => segment.entries), [segments])
  const [entries] = useState(() => createStore(entriesById([])))
  const [mailWanted] = useState(() => createStore<MailWanted | null>(null))
  useLayoutEffect(() => entries.set(entriesById(flat)), [entries, flat])
  const hasLetters = useMemo(() => flat.some((entry) => entry.conversationId === id && isMail(entry)), [flat, id])
  const jumpTo = useCallback((entryId: string): void => void scroller.current?.jumpTo(entryId), [])
  const toEnd = useCallback(() => scroller.current?.toEnd(), [])
  const contact = item?.contact
  const { onOpen } = props
  const split = useSplit(actions, onOpen)
  const context = useMemo<ThreadContextValue | null>(
    () =>
      contact
        ? {
            me,
            names,
            conversationId: id,
            contact,
            jumpTo,
            onReply: (entry) => composer.once((held) => held.replyTo(entry)),
            onMail: (kind, entry) => mailWanted.set({ kind, entry }),
            onEdit: (entry) => composer.once((held) => held.edit(entry)),
            onRecall: (entry) => void actions.recall(entry.id),
            onReact: (entry, emoji) => void actions.react(entry.id, emoji),
            openConversation: onOpen,
            onSplit: (entry) => void split(entry.id),
            openImage: setImage,
          }
        : null,
    [id, contact, me, names, jumpTo, composer, mailWanted, actions, onOpen, split],
  )

  const wrapUp = wrapUpOf(useHeldWork(), id)
  const whisperTo = useWhisperTo(item)
  // Who is only asked has a place to answer; a field for the customer beside it would be mistaken for it.
  const asked = item !== undefined && isOnlyAsked(item.conversation, me.id)
  const { onOpenAction } = props
  const onWhy = useCallback(() => onOpenAction('why'), [onOpenAction])
  const rows = useMemo(() => buildRows(segments, outbox), [segments, outbox])
  if (thread.error && !item)
    return <ErrorState title={t('thread.failed')} error={thread.error} onRetry={thread.retry} />
  // oxlint-disable-next-line react/refs -- the scroller is reached from handlers only
  if (!item || !context) return <ThreadSkeleton />
  return (
    <ThreadContext value={context}>
      <EntriesContext value={entries}>
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- files may be dropped anywhere on it */}
        <main
          className="q-thread"
          onDragOver={(event) => {
            if (!dragsFiles(event)) return
            event.preventDefault()
            setDropping(true)
          }}
          onDragLeave={(event) => {
            if (event.currentTarget === event.target) setDropping(false)
          }}
          onDrop={(event) => {
            if (!dragsFiles(event)) return
            event.preventDefault()
            setDropping(false)
            const files = [...event.dataTransfer.files]
            composer.once((held) => held.addFiles(files))
          }}
        >
          <ThreadHeader
            item={item}
            actions={actions}
            open={props.openAction}
            onOpen={props.onOpenAction}
            onClose={props.onClose}
            onBack={props.onBack}
            panelShown={props.panelShown}
            onPanel={props.onPanel}
          />
          <ThreadBars item={item} newer={thread.newer} actions={actions} onOpen={props.onOpen} onWhy={onWhy} />
          <MailBar subject={item.conversation.subject} />
          {thread.isPending ? (
            <ThreadSkeleton />
          ) : (
            <PowersOfChannel conversationId={id} throughChannel={item.marks.sentSeq !== undefined}>
              <ThreadScroller
                key={id}
                rows={rows}
                hasOlder={thread.hasOlder}
                older={thread.older}
                loadOlder={thread.loadOlder}
                complete={thread.complete}
                label={t('thread.label', { name: contactName(item.contact) })}
                onAtEnd={onAtEnd}
                handle={scroller}
              />
            </PowersOfChannel>
          )}
          <TypingLine item={item} />
          <ConsultDock item={item} entries={segments.at(-1)?.entries ?? noEntries} actions={actions} />
          {wrapUp ? (
            <WrapUpPanel key={wrapUp.itemId} work={wrapUp} onDone={() => props.onWrappedUp(wrapUp.conversationId)} />
          ) : null}
          <ReplyStrip conversationId={id} />
          {asked || item.conversation.mergedIntoId ? null : (
            <WritingDock
              conversation={item.conversation}
              hasLetters={hasLetters}
              conversationId={id}
              language={item.conversation.language}
              contact={item.contact}
              isPublic={item.thread?.kind === 'public'}
              whisperTo={whisperTo}
              onEdit={actions.edit}
              onSent={toEnd}
              templatesOf={item.marks.sentSeq === undefined ? null : item.conversation.inboxId}
              handle={composer.attach}
              mailWanted={mailWanted}
            />
          )}
          {dropping ? <div className="q-drop">{t('composer.drop')}</div> : null}
          {image ? (
            <Suspense>
              <Lightbox ids={imagesOf(flat)} current={image} onMove={setImage} onClose={() => setImage(null)} />
            </Suspense>
          ) : null}
        </main>
      </EntriesContext>
    </ThreadContext>
  )
}

const imagesOf = (entries: readonly Entry[]): string[] =>
  entries.flatMap((entry) => {
    const content = isMessage(entry) ? currentContent(entry) : null
    if (content?.type === 'left-message') return content.files.flatMap(({ kind, id }) => (kind === 'image' ? [id] : []))
    return content?.type === 'image' ? [content.attachment.id] : []
  })

const ThreadSkeleton = memo(function ThreadSkeleton() {
  return (
    <div className="q-thread-skeleton" aria-busy="true">
      {[60, 40, 70, 50].map((width, at) => (
        <Skeleton
          key={width}
          active={false}
          avatar={at % 2 === 0}
          title={false}
          paragraph={{ rows: 2, width: [`${width}%`, '30%'] }}
        />
      ))}
    </div>
  )
})
