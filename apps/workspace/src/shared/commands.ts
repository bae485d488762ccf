import { useEffect, useRef } from 'react'

/** Something that the agent can do now: by the palette, by a key, or both. Screens add theirs while they are shown. */
export interface Command {
  id: string
  title: string
  group: string
  /** One key ("e", "?", "Escape") or with the platform's modifier ("mod+k"). */
  keys?: string | undefined
  /** Shown in the sheet of shortcuts only; the palette would make no sense of it. */
  sheetOnly?: boolean | undefined
  run: () => void
}

const sources = new Set<() => readonly Command[]>()

/** Newest source first: a panel on top of a page wins its keys. */
export const currentCommands = (): Command[] => [...sources].toReversed().flatMap((source) => source())

/** As a function where there are many: they are put together when somebody asks, not at each turn of the screen. */
export function useCommands(commands: readonly Command[] | (() => readonly Command[])): void {
  const latest = useRef(commands)
  useEffect(() => {
    latest.current = commands
  })
  useEffect(() => {
    const source = () => (typeof latest.current === 'function' ? latest.current() : latest.current)
    sources.add(source)
    return () => {
      sources.delete(source)
    }
  }, [])
}

export const isMac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/u.test(navigator.userAgent)

const names: Record<string, string> = { Escape: 'Esc', ArrowUp: '↑', ArrowDown: '↓', Enter: 'Enter' }

/** «⌘K» or "Ctrl K". */
export function keyText(keys: string): string {
  const parts = keys.split('+').map((part) => {
    if (part === 'mod') return isMac ? '⌘' : 'Ctrl'
    if (part === 'shift') return isMac ? '⇧' : 'Shift'
    return names[part] ?? part.toUpperCase()
  })
  return parts.join(isMac ? '' : ' ')
}

export function keysOf(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>): string {
  const mod = isMac ? event.metaKey : event.ctrlKey
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
  // The shift that makes a "?" is part of the character.
  const shift = event.shiftKey && /^[a-z]$|^.{2,}$/u.test(key) ? 'shift+' : ''
  return `${mod ? 'mod+' : ''}${shift}${key}`
}

const editable = 'input, textarea, select, [contenteditable="true"], [role="textbox"]'
const ownsKeys = '[role="menu"], [role="listbox"], [role="dialog"], .ant-popover, .ant-dropdown, .ant-select-dropdown'

/** Single keys belong to whoever is being typed into; keys with a modifier work everywhere. */
export function commandFor(event: KeyboardEvent, commands: readonly Command[]): Command | undefined {
  if (event.defaultPrevented || event.isComposing || event.altKey) return undefined
  const keys = keysOf(event)
  const target = event.target instanceof Element ? event.target : null
  const busy = target?.closest(editable) ?? target?.closest(ownsKeys)
  if (busy && !keys.startsWith('mod+')) return undefined
  if ((keys === 'Enter' || keys === ' ') && target?.closest('button, a')) return undefined
  return commands.find((command) => command.keys === keys)
}

export function useCommandKeys(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const command = commandFor(event, currentCommands())
      if (!command) return
      event.preventDefault()
      command.run()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
}
