import { Suspense, lazy, useState } from 'react'
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
  const [open, setOpen] = useState<'palette' | 'sheet' | null>(null)
  const group = t('general')
  const supervises = useCan('routing.supervise')
  const pages = [
    { id: 'go-inbox', to: '/inbox/mine', name: shared('nav.inbox') },
    ...(supervises ? [{ id: 'go-board', to: '/board', name: shared('nav.board') }] : []),
    { id: 'go-contacts', to: '/contacts', name: shared('nav.contacts') },
    { id: 'go-settings', to: '/settings', name: shared('nav.settings') },
  ]
  useCommands([
    { id: 'palette', title: t('open'), group, keys: 'mod+k', run: () => setOpen('palette') },
    { id: 'sheet', title: t('sheet'), group, keys: '?', run: () => setOpen('sheet') },
    ...pages.map(({ id, to, name }) => ({
      id,
      title: t('go', { page: name }),
      group,
      run: () => void navigate({ to }),
    })),
  ])
  useCommandKeys()
  const close = (): void => setOpen(null)
  return (
    <>
      {open === 'palette' ? <CommandPalette onClose={close} /> : null}
      <Suspense>{open === 'sheet' ? <ShortcutSheet onClose={close} /> : null}</Suspense>
    </>
  )
}
