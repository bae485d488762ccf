import type { AccountMenu, InboxMenu, MenuFault } from '@qiao/protocol'
import { HolderOutlined, PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { type KeyboardEvent, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { useWords } from '../../../shared/i18n.ts'
import { MoveButtons, RemoveButton } from '../parts/row-buttons.tsx'
import {
  addBelow,
  countBeside,
  entryAt,
  type EntryPath,
  faultsAt,
  keyOf,
  moveTo,
  removeAt,
  type TopEntry,
} from './menu-draft.ts'
import { words } from './words.ts'

interface EntryListProps {
  menu: AccountMenu
  limits: InboxMenu['limits']
  faults: readonly MenuFault[]
  selected: EntryPath | null
  onSelect: (path: EntryPath | null) => void
  onChange: (menu: AccountMenu) => void
}

/** All entries in their order; moved by pointer, by buttons or by keys. */
export function EntryList({ menu, limits, faults, selected, onSelect, onChange }: EntryListProps) {
  const t = useWords(words)
  const list = useRef<HTMLOListElement>(null)
  const [dragged, setDragged] = useState<EntryPath | null>(null)
  const [told, setTold] = useState('')

  const nameOf = ({ label }: TopEntry): string => label.trim() || t('unnamed')
  function move(path: EntryPath, to: number, entry: TopEntry): void {
    const count = countBeside(menu, path)
    if (to < 0 || to >= count) return
    const [top, below] = path
    const there: EntryPath = below === undefined ? [to] : [top, to]
    flushSync(() => {
      onChange(moveTo(menu, path, to))
      onSelect(there)
      setTold(t('movedTo', { name: nameOf(entry), place: to + 1, count }))
    })
    // The next press of a key is meant for the same entry.
    list.current?.querySelector<HTMLElement>(`[data-entry="${keyOf(there)}"]`)?.focus()
  }
  function onKey(event: KeyboardEvent, path: EntryPath, entry: TopEntry): void {
    const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0
    if (step === 0 || !event.altKey) return
    event.preventDefault()
    move(path, (path[1] ?? path[0]) + step, entry)
  }

  const row = (entry: TopEntry, path: EntryPath) => {
    const name = nameOf(entry)
    const at = path[1] ?? path[0]
    const isWrong = faultsAt(faults, path).size > 0
    return (
      <div
        className={`st-menu-row${selected && keyOf(selected) === keyOf(path) ? ' is-selected' : ''}`}
        draggable
        onDragStart={(event) => {
          event.stopPropagation()
          event.dataTransfer.setData('text/plain', name)
          setDragged(path)
        }}
        onDragEnd={() => setDragged(null)}
        onDragOver={(event) => {
          if (beside(dragged, path)) event.preventDefault()
        }}
        onDrop={(event) => {
          event.preventDefault()
          const from = dragged && entryAt(menu, dragged)
          if (dragged && from && beside(dragged, path)) move(dragged, at, from)
          setDragged(null)
        }}
      >
        <HolderOutlined className="st-menu-grip" aria-hidden />
        <button
          type="button"
          className="st-menu-name"
          data-entry={keyOf(path)}
          aria-label={t('select', { name })}
          aria-current={selected !== null && keyOf(selected) === keyOf(path)}
          onClick={() => onSelect(path)}
          onKeyDown={(event) => onKey(event, path, entry)}
        >
          <span className={entry.label.trim() ? undefined : 'q-quiet'}>{name}</span>
          {isWrong ? <span className="q-state-bad"> {t('wrong')}</span> : null}
        </button>
        <MoveButtons
          up={t('up', { name })}
          down={t('down', { name })}
          index={at}
          count={countBeside(menu, path)}
          onMove={(to) => move(path, to, entry)}
        />
        <RemoveButton
          label={t('remove', { name })}
          onClick={() => {
            onChange(removeAt(menu, path))
            onSelect(null)
          }}
        />
      </div>
    )
  }
  return (
    <>
      <ol ref={list} className="st-menu-list" aria-label={t('entries')}>
        {menu.entries.map((entry, top) => (
          // oxlint-disable-next-line react/no-array-index-key -- entries have no names of their own
          <li key={top}>
            {row(entry, [top])}
            {'entries' in entry ? (
              <ol>
                {entry.entries.map((one, below) => (
                  // oxlint-disable-next-line react/no-array-index-key -- as above
                  <li key={below}>{row(one, [top, below])}</li>
                ))}
                <li>
                  <Button
                    type="text"
                    icon={<PlusOutlined aria-hidden />}
                    aria-label={t('addBelowOf', { name: nameOf(entry) })}
                    disabled={entry.entries.length >= limits.below}
                    onClick={() => {
                      onChange(addBelow(menu, top))
                      onSelect([top, entry.entries.length])
                    }}
                  >
                    {t('addBelow')}
                  </Button>
                </li>
              </ol>
            ) : null}
          </li>
        ))}
      </ol>
      <output className="sr-only">{told}</output>
    </>
  )
}

/** Both are of the bar, or of the same list. */
const beside = (one: EntryPath | null, [top, below]: EntryPath): boolean =>
  one !== null && (one[1] === undefined) === (below === undefined) && (below === undefined || one[0] === top)
