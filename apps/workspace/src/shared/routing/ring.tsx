import type { ReactNode } from 'react'
import './ring.css'

interface RingProps {
  /** Of the whole; above 1 it is full and shown as too much. */
  share: number
  size: number
  tone?: 'accent' | 'online' | 'waiting' | 'breached' | 'quiet'
  children?: ReactNode
}

/** A share as a ring, with words inside. Decorative: what it says stands beside it. */
export function Ring({ share, size, tone = 'accent', children }: RingProps) {
  const width = Math.max(2.5, size / 13)
  const radius = (size - width) / 2
  const round = 2 * Math.PI * radius
  const drawn = Math.min(1, Math.max(0, share)) * round
  return (
    <span className={`q-ring is-${share > 1 ? 'breached' : tone}`} style={{ width: size, height: size }}>
      <svg width={size} height={size} aria-hidden="true">
        <circle cx={size / 2} cy={size / 2} r={radius} strokeWidth={width} className="q-ring-ground" />
        <circle
          cx={size / 2}
          cy={size / 2}
          r={radius}
          strokeWidth={width}
          strokeDasharray={`${drawn} ${round}`}
          className="q-ring-share"
        />
      </svg>
      <span className="q-ring-inside">{children}</span>
    </span>
  )
}
