import { useEffect, useRef, useState } from 'preact/hooks'
import type { Recording } from '../effects/record.ts'
import { addFile } from '../files.ts'
import { notice } from '../store.ts'
import { duration } from '../words/times.ts'
import { say } from '../words/words.ts'
import { Icon } from './icon.tsx'

const tapMs = 500
const longestMs = 300_000

/** Press and hold to speak and let go to send; or tap, speak, and press send. */
export function VoiceButton({ id, onRecording }: { id: string; onRecording: (on: boolean) => void }) {
  const running = useRef<Recording | null>(null)
  const pressedAt = useRef(0)
  const [since, setSince] = useState<number | null>(null)
  const [, tick] = useState(0)

  const end = (): void => {
    running.current = null
    setSince(null)
    onRecording(false)
  }
  const cancel = (): void => {
    running.current?.cancel()
    end()
  }
  const finish = async (): Promise<void> => {
    const recording = running.current
    end()
    const file = await recording?.stop()
    if (file) addFile(id, file.blob, file.name)
  }
  const begin = async (): Promise<void> => {
    if (running.current || since !== null) return
    try {
      const { record } = await import('../effects/record.ts')
      running.current = await record()
      setSince(Date.now())
      onRecording(true)
    } catch {
      notice.value = say('noMicrophone')
      end()
    }
  }
  useEffect(() => {
    if (since === null) return undefined
    const timer = setInterval(() => {
      tick((count) => count + 1)
      if (Date.now() - since > longestMs) void finish()
    }, 500)
    return () => clearInterval(timer)
  }, [since])
  useEffect(() => () => running.current?.cancel(), [])

  if (since !== null) {
    return (
      <div class="recording">
        <button type="button" class="link" onClick={cancel}>
          {say('cancel')}
        </button>
        <span role="timer">
          <i class="dot" /> {say('recording')} {duration((Date.now() - since) / 1000)}
        </span>
        <button type="button" class="tool go" aria-label={say('send')} onClick={() => void finish()}>
          <Icon name="send" />
        </button>
      </div>
    )
  }
  const press = (event: PointerEvent): void => {
    pressedAt.current = event.timeStamp
    // The button is replaced while the finger is down, so the release is heard by the window.
    const release = (up: PointerEvent): void => {
      if (up.timeStamp - pressedAt.current > tapMs && running.current) void finish()
    }
    addEventListener('pointerup', release, { once: true })
    void begin()
  }
  return (
    <button
      type="button"
      class="tool"
      aria-label={say('voice')}
      title={say('voice')}
      onPointerDown={press}
      onClick={(event) => event.detail === 0 && void begin()}
    >
      <Icon name="mic" />
    </button>
  )
}
