import type { MailDraft, MailKind, MessageEntry } from '@qiao/protocol'
import { Suspense, lazy, useContext, useEffect, useImperativeHandle, useRef, useState } from 'react'
import { useCommands } from '../../../../shared/commands.ts'
import { useWords } from '../../../../shared/i18n.ts'
import { part } from '../../../../shared/part.ts'
import { useMe } from '../../../../shared/session.ts'
import { type Store, useStore } from '../../../../shared/store.ts'
import { useHeld } from '../../../../shared/use-held.ts'
import { keepDraft, localDraft, emptyDraft } from '../../drafts.ts'
import { isMail, mailOrder } from '../../mail/folds.ts'
import { ScheduledStrip } from '../../mail/scheduled-strip.tsx'
import { mailWords } from '../../mail/words.ts'
import { EntriesContext } from '../../thread/thread-context.tsx'
import { inboxWords } from '../../words.ts'
import { Composer, type ComposerHandle, type ComposerProps } from '../composer.tsx'
import type { ComposerMode } from '../composer-modes.tsx'
import { useWay, WishLine } from '../via-select.tsx'
import { ClosedBar } from './closed-bar.tsx'
import { worthKeeping } from './mail-draft.ts'
import type { MailerHandle } from './mail-composer.tsx'
import { newestSeq } from './meanwhile.ts'
import type { Wanted } from './use-mail-draft.ts'
import { mailerWords } from './words.ts'
import './mailer.css'

const loadComposer = part(() => import('./mail-composer.tsx').then((module) => ({ default: module.MailComposer })))
const MailComposer = lazy(loadComposer)
/** The thread comes first; who then presses a key to answer should not wait for the editor. */
const loadAfterMs = 300

/** `inner`: words for colleagues. `chat`: the same customer by a channel that has no letters. */
type Place =
  | { is: 'closed'; folded: boolean }
  | { is: 'inner' | 'chat' }
  | { is: 'mail'; wanted: Wanted; latest: string | null; turn: number }

/** What a button at a mail asks for: it waits until there is somewhere to write. */
export interface MailWanted {
  kind: MailKind
  entry: MessageEntry
}

/** Mails that have not left yet, and below them what is being written now. */
export function MailDock({ mailWanted, ...props }: ComposerProps & { mailWanted: Store<MailWanted | null> }) {
  const { conversationId, language, whisperTo, onSent, handle } = props
  const t = useWords(mailWords)
  const me = useMe()
  const inbox = useWords(inboxWords)
  const entries = useContext(EntriesContext)
  const answerable = useStore(entries, (all) => mailOrder(all).size > 0)
  const [place, setPlace] = useState<Place>({ is: 'closed', folded: false })
  const turns = useRef(0)
  const { outlets, way } = useWay(conversationId, null)
  const inner = useHeld<ComposerHandle>()
  const mailer = useHeld<MailerHandle>()

  /** The newest that came, or else the newest of all: that is what an answer is to. */
  const latest = (): string | null => {
    const mails = entries.get().all.filter((entry) => entry.conversationId === conversationId && isMail(entry))
    return (mails.findLast(({ kind }) => kind === 'message.received') ?? mails.at(-1))?.id ?? null
  }
  const show = (kind: MailKind, entryId: string | null, explicit: boolean): void => {
    turns.current += 1
    const sinceSeq = newestSeq(entries.get().all, conversationId)
    setPlace({ is: 'mail', wanted: { kind, entryId, explicit, sinceSeq }, latest: latest(), turn: turns.current })
  }
  const write = (kind: MailKind, entryId: string | null, explicit: boolean): void => {
    show(kind, entryId, explicit)
    mailer.once((held) => held.focus())
  }
  const openMail = (kind: MailKind, entry?: MessageEntry): void => {
    mailer.forget()
    write(kind, kind === 'new' ? null : (entry?.id ?? latest()), true)
  }
  const withMail = (act: (held: MailerHandle) => void): void => {
    if (place.is !== 'mail') show(latest() ? 'reply' : 'new', latest(), false)
    mailer.once(act)
  }
  const goOn = (): void => withMail((held) => held.focus())
  const noteDown = (mode: ComposerMode): void => {
    setPlace({ is: 'inner' })
    inner.once((held) => held.focus(mode))
  }
  const takeBack = (mail: MailDraft): void => {
    keepDraft(me.id, conversationId, { ...(localDraft(me.id, conversationId) ?? emptyDraft), mail, mode: 'reply' })
    mailer.forget()
    write(mail.kind, mail.entryId, false)
  }
  const isWriting = (): boolean => {
    const mail = localDraft(me.id, conversationId)?.mail
    return mail !== null && mail !== undefined && worthKeeping(mail)
  }

  useImperativeHandle(handle, () => ({
    focus: (mode) => (mode === 'reply' ? goOn() : noteDown(mode)),
    replyTo: (entry) => openMail('reply', entry),
    edit: (entry) => {
      setPlace({ is: 'inner' })
      inner.once((held) => held.edit(entry))
    },
    attach: () => (place.is === 'inner' ? inner.once((held) => held.attach()) : withMail((held) => held.attach())),
    addFiles: (files) =>
      place.is === 'inner' ? inner.once((held) => held.addFiles(files)) : withMail((held) => held.addFiles(files)),
  }))
  const asked = useStore(mailWanted, (wanted) => wanted)
  useEffect(() => {
    if (asked?.entry.conversationId !== conversationId) return
    mailWanted.set(null)
    openMail(asked.kind, asked.entry)
  })
  useCommands(() => {
    const group = inbox('group.conversation')
    return [
      { id: 'mail-reply-all', title: t('do.replyAll'), group, keys: 'a', run: () => openMail('reply-all') },
      { id: 'mail-forward', title: t('do.forward'), group, keys: 'f', run: () => openMail('forward') },
      { id: 'mail-new', title: t('do.new'), group, run: () => openMail('new') },
    ]
  })
  useEffect(() => {
    // Without a network it is tried again when it is wanted.
    const timer = setTimeout(() => void loadComposer().catch(() => undefined), loadAfterMs)
    return () => clearTimeout(timer)
  }, [])
  const close = (): void => setPlace({ is: 'closed', folded: true })

  return (
    <>
      <ScheduledStrip conversationId={conversationId} isWriting={isWriting} onTakenBack={takeBack} />
      {place.is === 'closed' ? (
        <ClosedBar
          conversationId={conversationId}
          answerable={answerable}
          folded={place.folded}
          mayWhisper={whisperTo !== null}
          otherWays={outlets.length > 1}
          wish={<WishLine outlets={outlets} way={way} />}
          onMail={(kind) => openMail(kind)}
          onDraft={goOn}
          onFound={(found) =>
            found === 'mail' ? show(latest() ? 'reply' : 'new', latest(), false) : setPlace({ is: 'inner' })
          }
          onNote={() => noteDown('note')}
          onWhisper={() => noteDown('whisper')}
          onOtherWay={() => {
            setPlace({ is: 'chat' })
            inner.once((held) => held.focus('reply'))
          }}
        />
      ) : null}
      {place.is === 'mail' ? (
        <Suspense fallback={<Opening />}>
          <MailComposer
            key={place.turn}
            conversationId={conversationId}
            language={language}
            wanted={place.wanted}
            latest={place.latest}
            onSent={() => {
              close()
              onSent()
            }}
            onClose={close}
            handle={mailer.attach}
          />
        </Suspense>
      ) : null}
      {place.is === 'inner' || place.is === 'chat' ? (
        <Composer
          {...props}
          handle={inner.attach}
          onReply={place.is === 'inner' ? goOn : undefined}
          onFold={close}
          mindsWish={place.is === 'inner'}
        />
      ) : null}
    </>
  )
}

function Opening() {
  const t = useWords(mailerWords)
  return (
    <div className="q-composer q-mailer-dim" role="status">
      {t('loading')}
    </div>
  )
}
