import { Input } from 'antd'
import { useState } from 'react'
import { formatMinute, parseMinute } from './time-of-day.ts'

interface Props {
  value: number
  label: string
  disabled?: boolean
  onChange: (minute: number) => void
}

/** A time that is typed as people type it; arrows step by 15 minutes. What is no time goes back to what it was. */
export function TimeInput({ value, label, disabled, onChange }: Props) {
  const [typed, setTyped] = useState<string | null>(null)
  const commit = (): void => {
    const minute = typed === null ? null : parseMinute(typed)
    if (minute !== null && minute !== value) onChange(minute)
    setTyped(null)
  }
  const step = (by: number): void => {
    setTyped(null)
    onChange(Math.min(1440, Math.max(0, (Math.round(value / 15) + by) * 15)))
  }
  return (
    <Input
      size="small"
      aria-label={label}
      disabled={disabled ?? false}
      value={typed ?? formatMinute(value)}
      inputMode="numeric"
      style={{ width: 62, textAlign: 'center', fontVariantNumeric: 'tabular-nums' }}
      onChange={(event) => setTyped(event.target.value)}
      onFocus={(event) => event.target.select()}
      onBlur={commit}
      onPressEnter={commit}
      onKeyDown={(event) => {
        if (event.key === 'ArrowUp') step(1)
        else if (event.key === 'ArrowDown') step(-1)
        else return
        event.preventDefault()
      }}
    />
  )
}
