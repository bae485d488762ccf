import { Input } from 'antd'
import { useState } from 'react'
import { useWords } from '../../../shared/i18n.ts'
import { inboxWords } from '../words.ts'
import { emoji } from './emoji-data.ts'

interface EmojiPickerProps {
  /** The only ones that can be used; without it any. */
  only?: readonly string[] | undefined
  onPick: (character: string) => void
}

export function EmojiPicker({ only, onPick }: EmojiPickerProps) {
  const t = useWords(inboxWords)
  const [text, setText] = useState('')
  const found = emoji.filter(
    ([character, words]) => words.includes(text.trim().toLowerCase()) && (!only || only.includes(character)),
  )
  return (
    <div className="q-emoji">
      <Input
        autoFocus
        value={text}
        placeholder={t('composer.emojiSearch')}
        aria-label={t('composer.emojiSearch')}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && found[0] && !event.nativeEvent.isComposing) onPick(found[0][0])
        }}
      />
      <div className="q-emoji-grid">
        {found.map(([character, words]) => (
          <button key={character} type="button" title={words} aria-label={words} onClick={() => onPick(character)}>
            {character}
          </button>
        ))}
      </div>
      {found.length === 0 ? <p className="q-choice-note">{t('composer.emojiNone')}</p> : null}
    </div>
  )
}
