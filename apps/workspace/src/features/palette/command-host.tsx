import { Suspense, lazy, useRef, useState } from 'react'
import { useNavigate } from '@tanstack/react-router'
import { useCommandKeys, useCommands } from '../../shared/commands.ts'
import { useWords } from '../../shared/i18n.ts'
import { useCan } from '../../shared/session.ts'
import { sharedWords } from '../../shared/words.ts'
import { part } from '../../shared/part.ts'
import { CommandPalette } from './command-palette.tsx'
import { paletteWords } from './words.ts'

const ShortcutSheet = lazy(
  part(() => import('./shortcut-sheet.tsx').then((module) => ({ default: module.ShortcutSheet }))),
)

/** Keys of the whole app, the palette and the sheet. */
export function CommandHost() {
  const t = useWords(paletteWords)
  const shared = useWords(sharedWords)
  const navigate = useNavigate()
  const [open, setOpen] = useState<{ what: 'palette' | 'sheet'; nth: number } | null>(null)
  const palette = useRef<HTMLDialogElement>(null)
  const group = t('general')
  // The browser tells of a closed dialog a moment after it is gone: who presses the key within it means another one.
  const openPalette = (): void => {
    if (!palette.current?.open) setOpen((now) => ({ what: 'palette', nth: (now?.nth ?? 0) + 1 }))
  }
  const supervises = useCan('routing.supervise')
  const pages = [
    { id: 'go-inbox', to: '/inbox/mine', name: shared('nav.inbox') },
    ...(supervises ? [{ id: 'go-board', to: '/board', name: shared('nav.board') }] : []),
    { id: 'go-contacts', to: '/contacts', name: shared('nav.contacts') },
    { id: 'go-settings', to: '/settings', name: shared('nav.settings') },
  ]
  useCommands([
    { id: 'palette', title: t('open'), group, keys: 'mod+k', run: openPalette },
    { id: 'sheet', title: t('sheet'), group, keys: '?', run: () => setOpen({ what: 'sheet', nth: 0 }) },
    ...pages.map(({ id, to, name }) => ({
      id,
      title: t('go', { page: name }),
      group,
      run: () => void navigate({ to }),
    })),
  ])
  useCommandKeys()
  const close = (): void => setOpen((now) => (now === open ? null : now))
  return (
    <>
      {open?.what === 'palette' ? <CommandPalette key={open.nth} ref={palette} onClose={close} /> : null}
      <Suspense>{open?.what === 'sheet' ? <ShortcutSheet onClose={close} /> : null}</Suspense>
    </>
  )
}
