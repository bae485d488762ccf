import { type Rect, measureElement, useVirtualizer } from '@tanstack/react-virtual'
import { Button } from 'antd'
import {
  type Ref,
  type SyntheticEvent,
  memo,
  useCallback,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import { useWords } from '../../../shared/i18n.ts'
import { inboxWords } from '../words.ts'
import type { Row } from './rows.ts'
import { guessHeight, noteHeight } from './row-heights.ts'
import { ThreadRow } from './thread-rows.tsx'
import type { Thread } from './use-thread.ts'
import { type Place, wentUp } from './went-up.ts'

export interface ScrollerHandle {
  jumpTo: (entryId: string) => boolean
  toEnd: () => void
}

interface ThreadScrollerProps extends Pick<Thread, 'hasOlder' | 'loadOlder' | 'older' | 'complete'> {
  rows: readonly Row[]
  label: string
  onAtEnd: (atEnd: boolean) => void
  handle: Ref<ScrollerHandle>
}

const nearTopPx = 600
const nearEndPx = 40
const aboveRowsPx = 40
const belowRowsPx = 12
/** What may move a thread. */
const touches = ['wheel', 'touchmove', 'pointerdown', 'keydown'] as const
/** The room that the last thread had: the next one draws its rows at once instead of measuring first. */
let lastRoom: Rect = { width: 0, height: 0 }

/** Draws only what is near the window; keeps its place when history comes in above and follows at the end. */
export const ThreadScroller = memo(function ThreadScroller(props: ThreadScrollerProps) {
  const { rows, hasOlder, loadOlder, older, complete, label, onAtEnd, handle } = props
  const t = useWords(inboxWords)
  const scroller = useRef<HTMLDivElement>(null)
  const [atEnd, setAtEnd] = useState(true)
  const [flashed, setFlashed] = useState<string | null>(null)
  // The last row when the end was left; what stands behind it is new.
  const [leftAt, setLeftAt] = useState<string | undefined>(undefined)
  // Kept while the rows are the same: a new one makes the virtualizer place all rows again, on each scroll event.
  const getItemKey = useCallback((index: number) => rows[index]?.key ?? index, [rows])
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => guessHeight(rows[index]),
    measureElement: (element: Element, entry, instance) => {
      const height = measureElement(element, entry, instance)
      noteHeight(rows[instance.indexFromElement(element)], height)
      return height
    },
    initialRect: lastRoom,
    initialOffset: () =>
      Math.max(0, rows.reduce((sum, row) => sum + guessHeight(row), aboveRowsPx + belowRowsPx) - lastRoom.height),
    getItemKey,
    overscan: 10,
    paddingStart: aboveRowsPx,
    paddingEnd: belowRowsPx,
    anchorTo: 'end',
    followOnAppend: true,
    scrollEndThreshold: nearEndPx,
    // Rows are moved without being drawn anew, and by their place: each transform is a node for the browser to paint by.
    directDomUpdates: true,
    directDomUpdatesMode: 'position',
  })
  useLayoutEffect(() => {
    virtual.scrollToEnd()
    lastRoom = virtual.scrollRect ?? lastRoom
  }, [virtual])
  // A composer that grows, a bar that appears or a smaller window takes from the thread: its end stays in view.
  const stays = useRef(true)
  const last = useRef<Place>({ top: 0, height: 0 })
  /** When the reader last did what may move the thread. */
  const touchedAt = useRef(Number.NEGATIVE_INFINITY)
  useEffect(() => {
    const element = scroller.current
    if (!element) return undefined
    const keep = new ResizeObserver(() => {
      if (stays.current) virtual.scrollToEnd()
    })
    keep.observe(element)
    const touched = (event: Event): void => void (touchedAt.current = event.timeStamp)
    for (const kind of touches) element.addEventListener(kind, touched, { passive: true })
    return () => {
      keep.disconnect()
      for (const kind of touches) element.removeEventListener(kind, touched)
    }
  }, [virtual])

  useImperativeHandle(handle, () => ({
    jumpTo: (entryId) => {
      const index = rows.findIndex((row) => 'entry' in row && row.entry.id === entryId)
      if (index === -1) return false
      touchedAt.current = performance.now()
      virtual.scrollToIndex(index, { align: 'center' })
      setFlashed(entryId)
      setTimeout(() => setFlashed(null), 1500)
      return true
    },
    toEnd: () => virtual.scrollToEnd(),
  }))

  const check = (event: SyntheticEvent): void => {
    const element = scroller.current
    if (!element) return
    const end = element.scrollHeight - element.scrollTop - element.clientHeight < nearEndPx
    const now = { top: element.scrollTop, height: element.scrollHeight }
    const left = wentUp(last.current, now, event.timeStamp - touchedAt.current)
    last.current = now
    if (!end && stays.current && !left) return virtual.scrollToEnd()
    stays.current = end
    if (end !== atEnd) {
      setLeftAt(rows.at(-1)?.key)
      setAtEnd(end)
      onAtEnd(end)
    }
    if (hasOlder && older === 'idle' && element.scrollTop < nearTopPx) void loadOlder()
  }
  // A short thread cannot be scrolled; its history is read at once.
  useEffect(() => {
    const element = scroller.current
    if (element && hasOlder && older === 'idle' && element.scrollTop < nearTopPx) void loadOlder()
  }, [rows.length, hasOlder, older, loadOlder])

  const below = atEnd ? 0 : rows.length - 1 - rows.findLastIndex(({ key }) => key === leftAt)
  return (
    <div className="q-thread-body">
      <div
        ref={scroller}
        className="q-thread-scroll"
        onScroll={check}
        role="log"
        aria-label={label}
        aria-live={atEnd ? 'polite' : 'off'}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by keyboard
        tabIndex={0}
      >
        <div ref={virtual.containerRef} className="q-thread-rows">
          <div className="q-thread-top">
            {older === 'failed' ? (
              <Button size="small" onClick={() => void loadOlder()}>
                {t('thread.olderFailed')}
              </Button>
            ) : null}
            {older !== 'failed' && hasOlder ? <span>{t('thread.loadingOlder')}</span> : null}
            {complete ? <span>{t('thread.start')}</span> : null}
          </div>
          {virtual.getVirtualItems().map((item) => {
            const row = rows[item.index]
            return row ? (
              <div
                key={item.key}
                ref={virtual.measureElement}
                data-index={item.index}
                className={`q-thread-row ${flashed !== null && 'entry' in row && row.entry.id === flashed ? 'is-flashed' : ''}`}
              >
                <ThreadRow row={row} />
              </div>
            ) : null
          })}
        </div>
      </div>
      {atEnd ? null : (
        <button type="button" className="q-to-end" onClick={() => virtual.scrollToEnd()}>
          {below > 0 ? t('thread.newBelow', { count: below }) : `${t('thread.toEnd')} ↓`}
        </button>
      )}
    </div>
  )
})
