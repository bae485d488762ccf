import { CloseOutlined } from '@ant-design/icons'
import type { Mailbox } from '@qiao/protocol'
import { type Ref, useId, useState } from 'react'
import { useWords } from '../../../../shared/i18n.ts'
import { nameOf, written } from '../../mail/people.ts'
import { isAddress, joinPeople, parseAddresses } from './addresses.ts'
import { useSuggestions } from './use-suggestions.ts'
import { mailerWords } from './words.ts'

interface AddressFieldProps {
  label: string
  people: readonly Mailbox[]
  onChange: (people: Mailbox[]) => void
  field?: Ref<HTMLInputElement>
  children?: React.ReactNode
}

/** People as chips; typing finds contacts, a pasted list is taken apart, and what is no address says so. */
export function AddressField({ label, people, onChange, field, children }: AddressFieldProps) {
  const t = useWords(mailerWords)
  const listId = useId()
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const [open, setOpen] = useState(false)
  const found = useSuggestions(text, people)
  const shown = open && found.length > 0
  const chosen = shown ? found[Math.min(at, found.length - 1)] : undefined
  const add = (added: readonly Mailbox[]): void => {
    if (added.length > 0) onChange(joinPeople(people, added))
    setText('')
    setOpen(false)
    setAt(0)
  }
  const onKeyDown = (event: React.KeyboardEvent<HTMLInputElement>): void => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey) return
    const { key } = event
    if (shown && (key === 'ArrowDown' || key === 'ArrowUp')) {
      event.preventDefault()
      setAt((at + (key === 'ArrowDown' ? 1 : found.length - 1)) % found.length)
      return
    }
    if (key === 'Escape' && shown) {
      event.stopPropagation()
      setOpen(false)
      return
    }
    if (key === 'Backspace' && text === '' && people.length > 0) {
      onChange(people.slice(0, -1))
      return
    }
    const ends = key === 'Enter' || key === ',' || key === ';' || key === '，' || key === '；'
    if (text.trim() === '') {
      if (ends) event.preventDefault()
      return
    }
    // A whole address that was typed is meant as it is; otherwise the contact that is offered.
    const typed = parseAddresses(text)
    const whole = typed.every(({ address }) => isAddress(address))
    if (ends || (key === 'Tab' && !event.shiftKey && (whole || chosen))) {
      event.preventDefault()
      add(chosen && !whole ? [chosen] : typed)
    }
  }
  return (
    <div className="q-mailer-field">
      <span className="q-mailer-label" aria-hidden>
        {label}
      </span>
      <div className="q-mailer-people">
        {people.length > 0 ? (
          <ul className="q-mailer-chips" aria-label={label}>
            {people.map((person) => (
              <Chip
                key={person.address}
                person={person}
                onRemove={() => onChange(people.filter((each) => each !== person))}
              />
            ))}
          </ul>
        ) : null}
        <input
          ref={field}
          className="q-mailer-input"
          role="combobox"
          aria-expanded={shown}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={chosen ? `${listId}-${found.indexOf(chosen)}` : undefined}
          aria-label={label}
          inputMode="email"
          autoComplete="off"
          spellCheck={false}
          value={text}
          onChange={(event) => {
            setText(event.target.value)
            setOpen(true)
            setAt(0)
          }}
          onKeyDown={onKeyDown}
          onPaste={(event) => {
            const pasted = event.clipboardData.getData('text/plain')
            const list = parseAddresses(pasted)
            if (text !== '' || !list.some(({ address }) => isAddress(address))) return
            event.preventDefault()
            add(list)
          }}
          onBlur={() => {
            setOpen(false)
            if (text.trim() !== '') add(parseAddresses(text))
          }}
        />
        <ul id={listId} role="listbox" aria-label={t('field.suggestions')} className="q-mailer-found" hidden={!shown}>
          {found.map((person, index) => (
            <li
              key={person.address}
              id={`${listId}-${index}`}
              role="option"
              aria-selected={person === chosen}
              className={person === chosen ? 'is-chosen' : ''}
              // Before the field would lose the focus, and with it what was typed.
              onMouseDown={(event) => {
                event.preventDefault()
                add([person])
              }}
            >
              <span>{nameOf(person)}</span> <span className="q-mailer-dim">{person.name ? person.address : ''}</span>
            </li>
          ))}
        </ul>
      </div>
      {children}
    </div>
  )
}

function Chip({ person, onRemove }: { person: Mailbox; onRemove: () => void }) {
  const t = useWords(mailerWords)
  const valid = isAddress(person.address)
  return (
    <li className={`q-mailer-chip ${valid ? '' : 'is-wrong'}`} title={written(person)}>
      <span>{nameOf(person)}</span>
      {valid ? null : <span className="q-mailer-wrong">{t('field.invalid')}</span>}
      <button type="button" aria-label={t('field.remove', { name: nameOf(person) })} onClick={onRemove}>
        <CloseOutlined />
      </button>
    </li>
  )
}
