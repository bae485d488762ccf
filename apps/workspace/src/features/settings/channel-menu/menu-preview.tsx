import type { AccountMenu } from '@qiao/protocol'
import { useWords } from '../../../shared/i18n.ts'
import { type EntryPath, keyOf } from './menu-draft.ts'
import { words } from './words.ts'

interface MenuPreviewProps {
  title: string
  menu: AccountMenu
  selected: EntryPath | null
  onSelect: (path: EntryPath) => void
}

/** The foot of a chat on a phone, with the list above the entry that is being edited. */
export function MenuPreview({ title, menu, selected, onSelect }: MenuPreviewProps) {
  const t = useWords(words)
  const open = selected ? menu.entries[selected[0]] : undefined
  const nameOf = (label: string): string => label.trim() || t('unnamed')
  const isSelected = (path: EntryPath): boolean => selected !== null && keyOf(selected) === keyOf(path)
  return (
    <figure className="st-menu-phone" aria-label={t('previewOf')}>
      <div className="st-menu-screen">
        <div className="st-menu-title">{title}</div>
        <div className="st-menu-chat" aria-hidden>
          <i />
          <i />
          <i />
        </div>
        <div className="st-menu-bar">
          {menu.entries.map((entry, top) => (
            // oxlint-disable-next-line react/no-array-index-key -- entries have no names of their own
            <div key={top} className="st-menu-cell">
              {'entries' in entry && entry === open ? (
                <div className="st-menu-above">
                  {entry.entries.map((one, below) => (
                    <button
                      // oxlint-disable-next-line react/no-array-index-key -- as above
                      key={below}
                      type="button"
                      aria-pressed={isSelected([top, below])}
                      onClick={() => onSelect([top, below])}
                    >
                      {nameOf(one.label)}
                    </button>
                  ))}
                </div>
              ) : null}
              <button
                type="button"
                aria-pressed={isSelected([top])}
                aria-label={'entries' in entry ? t('previewOpens', { name: nameOf(entry.label) }) : undefined}
                onClick={() => onSelect([top])}
              >
                {'entries' in entry ? <span aria-hidden>≡ </span> : null}
                {nameOf(entry.label)}
              </button>
            </div>
          ))}
        </div>
      </div>
      <figcaption>{t('previewOf')}</figcaption>
    </figure>
  )
}
