import { useState } from 'react'
import './avatar.css'

/** Enough hues to tell neighbours apart; each carries white text with at least 4.5 : 1. */
const grounds = [
  '#8a4b08',
  '#7a5c00',
  '#3f6b1f',
  '#0f6b52',
  '#0f6674',
  '#1c5fa8',
  '#4a53b8',
  '#7140a8',
  '#96357f',
  '#a83246',
]

const hash = (text: string): number => {
  let value = 0
  for (const character of text) value = (value * 31 + (character.codePointAt(0) ?? 0)) >>> 0
  return value
}

/** One Chinese character, or two Latin initials. */
export function initialsOf(name: string): string {
  const trimmed = name.trim()
  const first = Array.from(trimmed)[0] ?? '?'
  if (/\p{Script=Han}/u.test(first)) return first
  const words = trimmed.split(/\s+/u)
  const second = words.length > 1 ? (Array.from(words.at(-1) ?? '')[0] ?? '') : ''
  return (first + second).toUpperCase()
}

export interface AvatarProps {
  id: string
  name: string
  url?: string | null | undefined
  size?: number
  online?: boolean
}

/** Decorative, so the letters are drawn and not text: the name always stands beside it, or is its button's label. */
export function Avatar({ id, name, url, size = 32, online }: AvatarProps) {
  // Providers' addresses of pictures run out.
  const [broken, setBroken] = useState<string>()
  const style = { width: size, height: size, fontSize: Math.round(size * 0.4) }
  return (
    <span className="q-avatar" style={style} aria-hidden="true">
      {url && url !== broken ? (
        <img src={url} alt="" width={size} height={size} onError={() => setBroken(url)} />
      ) : (
        <span
          className="q-avatar-letters"
          style={{ background: grounds[hash(id) % grounds.length] }}
          data-letters={initialsOf(name)}
        />
      )}
      {online ? <span className="q-avatar-online" /> : null}
    </span>
  )
}
