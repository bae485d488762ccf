import type { ChannelInfo } from '@qiao/protocol'
import './channels.css'

const bubble =
  'M5 4h14a3 3 0 0 1 3 3v8a3 3 0 0 1-3 3h-6l-5 4v-4H5a3 3 0 0 1-3-3V7a3 3 0 0 1 3-3zm2 6.2a1.3 1.3 0 1 0 0 2.6 1.3 1.3 0 0 0 0-2.6zm5 0a1.3 1.3 0 1 0 0 2.6 1.3 1.3 0 0 0 0-2.6zm5 0a1.3 1.3 0 1 0 0 2.6 1.3 1.3 0 0 0 0-2.6z'

interface ChannelMarkProps {
  /** Null is our own web chat. */
  info: Pick<ChannelInfo, 'icon' | 'colour'> | null
  /** Of web chats, which have a look of their own. */
  colour?: string
  size?: number
}

/** The icon of a channel on its colour; its name stands beside it. */
export function ChannelMark({ info, colour = '#1f6feb', size = 20 }: ChannelMarkProps) {
  return (
    <span
      className="st-channel-mark"
      aria-hidden="true"
      style={{ width: size, height: size, background: info?.colour ?? colour }}
    >
      <svg viewBox="0 0 24 24" width={size * 0.66} height={size * 0.66}>
        <path fill="#fff" fillRule="evenodd" d={info?.icon ?? bubble} />
      </svg>
    </span>
  )
}
