import type { ConversationView } from '@qiao/protocol'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { App, Button, type InputRef } from 'antd'
import { memo, useCallback, useDeferredValue, useEffect, useMemo, useRef } from 'react'
import { keyText } from '../../shared/commands.ts'
import type { ListFilters } from '../../shared/conversations/filters.ts'
import { EmptyState } from '../../shared/empty-state.tsx'
import { useWords } from '../../shared/i18n.ts'
import { useHeld } from '../../shared/use-held.ts'
import { useSidePane } from '../../shared/use-side-pane.ts'
import { useStable } from '../../shared/use-stable.ts'
import { useOpenAction } from './actions/use-open-action.ts'
import { type CloseReason, useConversationActions } from './actions/use-conversation-actions.ts'
import type { ComposerHandle } from './composer/composer.tsx'
import { neighbour } from './list/arrange.ts'
import { ConversationList } from './list/conversation-list.tsx'
import { ListHeader } from './list/list-header.tsx'
import { MyDesk } from './list/my-desk.tsx'
import { useConversationList } from './list/use-conversation-list.ts'
import { usePrefetchNeighbours } from './list/use-prefetch.ts'
import { ContactPanel, type ContactPanelProps } from './panel/contact-panel.tsx'
import { PanelPane } from './panel/panel-pane.tsx'
import { filtersFrom, parseInboxSearch, viewFrom } from './search-params.ts'
import { ThreadView } from './thread/thread-view.tsx'
import { useThread } from './thread/use-thread.ts'
import { useInboxCommands } from './use-inbox-commands.ts'
import { useIsOpened, useOpenedId } from './use-opened-id.ts'
import { useStartsWrapUp } from './wrap-up/use-starts-wrap-up.ts'
import { inboxWords } from './words.ts'
import './inbox.css'
import './list/list.css'

export function InboxPage() {
  const t = useWords(inboxWords)
  const rawSearch: Record<string, unknown> = useSearch({ strict: false })
  const navigate = useNavigate()
  const view = useParams({ strict: false, select: (params: { view?: string }) => viewFrom(params.view) })
  const id = useOpenedId(view)
  const searchKey = JSON.stringify(rawSearch)
  const filters = useMemo(() => filtersFrom(view, parseInboxSearch(JSON.parse(searchKey))), [view, searchKey])
  const list = useConversationList(filters)
  const searchRef = useRef<InputRef>(null)

  const open = useCallback(
    (conversationId: string | undefined) =>
      void navigate({ to: conversationId ? `/inbox/${view}/${conversationId}` : `/inbox/${view}`, search: true }),
    [navigate, view],
  )
  const onView = useCallback(
    (next: ConversationView) =>
      void navigate({ to: `/inbox/${next}`, search: (held: object) => ({ ...held, search: undefined }) }),
    [navigate],
  )
  const onFilters = useCallback(
    (change: Partial<ListFilters>) =>
      void navigate({ to: '.', search: (held: object) => ({ ...held, ...change }), replace: true }),
    [navigate],
  )
  const [below, above] = id ? [neighbour(list.shown, id, 1), neighbour(list.shown, id, -1)] : []
  usePrefetchNeighbours(below, above)
  const move = useStable((step: 1 | -1): void => {
    const next = neighbour(list.shown, id, step)
    if (next) open(next)
  })
  const onFind = useCallback(() => searchRef.current?.focus(), [])
  return (
    <div className={`q-inbox ${id ? 'has-thread' : ''}`}>
      <section className="q-list" aria-label={t('list.label')}>
        <ListHeader
          key={view}
          filters={filters}
          onView={onView}
          onFilters={onFilters}
          searchRef={searchRef}
          onOpen={open}
        />
        <MyDesk selectedId={id} onOpen={open} />
        <ConversationList filters={filters} list={list} selectedId={id} onOpen={open} />
      </section>
      {id ? (
        <OpenConversation
          id={id}
          view={view}
          move={move}
          onOpen={open}
          onView={onView}
          onFind={onFind}
          next={below ?? above}
        />
      ) : (
        <NothingOpen move={move} onOpen={open} onView={onView} onFind={onFind} />
      )}
    </div>
  )
}

interface PaneProps {
  move: (step: 1 | -1) => void
  onOpen: (id: string | undefined) => void
  onView: (view: ConversationView) => void
  onFind: () => void
}

const nothing = (): void => undefined

function NothingOpen({ move, onView, onFind }: PaneProps) {
  const t = useWords(inboxWords)
  const actions = useConversationActions('')
  const composer = useHeld<ComposerHandle>()
  useInboxCommands({
    item: undefined,
    actions,
    composer,
    move,
    onOpenAction: nothing,
    onClose: nothing,
    onPanel: nothing,
    onView,
    onFind,
  })
  return (
    <main className="q-thread is-none">
      <EmptyState title={t('thread.none')} hint={t('thread.noneHint', { keys: keyText('mod+k') })} />
    </main>
  )
}

interface OpenConversationProps extends PaneProps {
  id: string
  view: ConversationView
  next: string | undefined
}

/** Not drawn anew with the list, nor when the router comes round to an address that is shown already. */
const OpenConversation = memo(function OpenConversation(props: OpenConversationProps) {
  const { id, view, move, onOpen, onView, onFind, next } = props
  const t = useWords(inboxWords)
  const { message } = App.useApp()
  const thread = useThread(id)
  const actions = useConversationActions(id)
  const composer = useHeld<ComposerHandle>()
  // What was asked of one conversation's composer is not meant for the next one's.
  useEffect(() => composer.turnTo(id), [composer, id])
  const { openAction, setOpenAction } = useOpenAction(id)
  const panel = useSidePane({ wideFrom: 1024, storageKey: 'qiao.panel-shown', beside: id })
  const startsWrapUp = useStartsWrapUp(id)
  const isOpened = useIsOpened(view)
  // On to the next piece of work; on a narrow screen back to the list. Whoever has turned to another already stays there.
  const moveOn = useStable((doneWith: string) => {
    if (isOpened(doneWith)) onOpen(panel.wide ? next : undefined)
  })
  const close = async (reason?: CloseReason): Promise<void> => {
    const staysHere = await startsWrapUp()
    if (!(await actions.close(reason))) return
    const undo = (
      <Button type="link" size="small" onClick={() => void actions.reopen()}>
        {t('close.undo')}
      </Button>
    )
    void message.success({
      content: (
        <span>
          {t('close.done')} {undo}
        </span>
      ),
      duration: 5,
    })
    if (!staysHere) moveOn(id)
  }
  const onClose = useStable((reason?: CloseReason): void => void close(reason))
  const onBack = useStable(() => onOpen(undefined))
  const onPanel = useStable(panel.toggle)
  const { item, earlier } = thread
  useInboxCommands({
    item,
    actions,
    composer,
    move,
    onOpenAction: setOpenAction,
    onClose,
    onPanel: panel.toggle,
    onView,
    onFind,
  })
  return (
    <>
      <ThreadView
        id={id}
        thread={thread}
        actions={actions}
        openAction={openAction}
        onOpenAction={setOpenAction}
        onClose={onClose}
        onWrappedUp={moveOn}
        onBack={onBack}
        onOpen={onOpen}
        panelShown={panel.shown}
        onPanel={onPanel}
        composer={composer}
      />
      {item ? (
        <PanelPane panel={panel}>
          <Beside item={item} earlier={earlier} onOpen={onOpen} />
        </PanelPane>
      ) : null}
    </>
  )
})

/** The thread comes first: the panel follows when the browser has time, also with each message that arrives. */
const Beside = memo(function Beside({ item, earlier, onOpen }: ContactPanelProps) {
  const now = useMemo(() => ({ item, earlier }), [item, earlier])
  const shown = useDeferredValue<typeof now | null>(now, null)
  return shown ? <ContactPanel item={shown.item} earlier={shown.earlier} onOpen={onOpen} /> : null
})
