import { listContacts, listConversations } from '@qiao/protocol'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type RefObject, useDeferredValue, useLayoutEffect, useState } from 'react'
import { call } from '../../shared/api.ts'
import { type Command, currentCommands, keyText } from '../../shared/commands.ts'
import { useWords } from '../../shared/i18n.ts'
import { contactName } from '../../shared/names.ts'
import { findCommands } from './find.ts'
import { paletteWords } from './words.ts'
import './palette.css'

interface CommandPaletteProps {
  ref: RefObject<HTMLDialogElement | null>
  onClose: () => void
}

/**
 * Finds anything and does anything. What was possible when it was opened stays possible while it is open. A dialog of the
 * browser's own, and not loaded later: the first letter that follows the shortcut belongs to the field, not to the page.
 */
export function CommandPalette({ ref: dialog, onClose }: CommandPaletteProps) {
  const t = useWords(paletteWords)
  const navigate = useNavigate()
  useLayoutEffect(() => dialog.current?.showModal(), [dialog])
  const [commands] = useState(() =>
    currentCommands().filter((command) => !command.sheetOnly && command.id !== 'palette'),
  )
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const query = useDeferredValue(text.trim())
  const found = useQuery({
    queryKey: ['palette', query],
    enabled: query.length > 0,
    staleTime: 10_000,
    queryFn: async ({ signal }) => {
      const [conversations, contacts] = await Promise.all([
        call(listConversations, { query: { view: 'all', search: query, limit: 6 } }, { signal }),
        call(listContacts, { query: { search: query, limit: 4 } }, { signal }),
      ])
      return { conversations: conversations.items, contacts: contacts.items }
    },
  })
  const results: Command[] = [
    ...(found.data?.conversations ?? []).map(({ conversation, contact }) => ({
      id: `conversation-${conversation.id}`,
      title: `${contactName(contact)} #${conversation.number}`,
      group: t('conversations'),
      run: () => {
        const view = conversation.state === 'closed' ? 'closed' : 'all'
        void navigate({ to: `/inbox/${view}/${conversation.id}` })
      },
    })),
    ...(found.data?.contacts ?? []).map((contact) => ({
      id: `contact-${contact.id}`,
      title: contactName(contact),
      group: t('contacts'),
      run: () => void navigate({ to: `/contacts/${contact.id}` }),
    })),
  ]
  const choices = [...findCommands(commands, text), ...(query ? results : [])]
  const active = Math.min(at, choices.length - 1)
  const choose = (command: Command | undefined): void => {
    if (!command) return
    // Gives the focus back, so that the command may put it elsewhere.
    dialog.current?.close()
    setTimeout(command.run)
  }
  const onKeyDown = (event: React.KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'ArrowDown') setAt(Math.min(active + 1, choices.length - 1))
    else if (event.key === 'ArrowUp') setAt(Math.max(active - 1, 0))
    else if (event.key === 'Enter') choose(choices[active])
    else return
    event.preventDefault()
  }
  return (
    <dialog ref={dialog} className="q-palette" closedby="any" aria-label={t('title')} onClose={onClose}>
      {/* The browser gives the focus to the first that can have it. */}
      <input
        value={text}
        maxLength={100}
        placeholder={t('hint')}
        aria-label={t('hint')}
        role="combobox"
        aria-expanded="true"
        aria-controls="palette-list"
        aria-activedescendant={choices[active] ? `palette-${active}` : undefined}
        onChange={(event) => {
          setText(event.target.value)
          setAt(0)
        }}
        onKeyDown={onKeyDown}
      />
      <ul id="palette-list" role="listbox" aria-label={t('title')} className="q-palette-list">
        {choices.map((command, index) => (
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- keys are handled by the field above
          <li
            key={command.id}
            id={`palette-${index}`}
            role="option"
            aria-selected={index === active}
            ref={(element) => {
              if (index === active) element?.scrollIntoView({ block: 'nearest' })
            }}
            onMouseMove={() => setAt(index)}
            onClick={() => choose(command)}
          >
            <span className="q-palette-title">{command.title}</span>
            <span className="q-palette-group">{command.group}</span>
            {command.keys ? <kbd className="q-kbd">{keyText(command.keys)}</kbd> : null}
          </li>
        ))}
      </ul>
      {choices.length === 0 ? (
        <p className="q-palette-none" role="status">
          {found.isFetching ? t('searching') : t('none', { text })}
        </p>
      ) : null}
    </dialog>
  )
}
