import { useEffect, useRef, useState } from 'preact/hooks'
import { record, type Recording } from '../effects/record.ts'
import { addFile } from '../files.ts'
import { duration } from '../words/times.ts'
import { say } from '../words/words.ts'
import { Icon } from './icon.tsx'

export { record }

const tapMs = 500
const longestSeconds = 300

async function sendRecording(threadId: string, recording: Recording): Promise<void> {
  const { blob, name } = await recording.stop()
  addFile(threadId, blob, name)
}

interface RunningProps {
  id: string
  recording: Recording
  /** When the button was pressed, on the clock of events; null when it was pressed by keyboard. */
  pressedAt: number | null
  onEnd: () => void
}

/** Stands where the button was, until the note is sent or given up. */
export function Running({ id, recording, pressedAt, onEnd }: RunningProps) {
  const [seconds, setSeconds] = useState(0)
  const finish = (): void => {
    onEnd()
    void sendRecording(id, recording)
  }
  const latest = useRef(finish)
  latest.current = finish
  const over = seconds >= longestSeconds
  const cancel = (): void => {
    onEnd()
    recording.cancel()
  }
  useEffect(() => {
    const timer = setInterval(() => setSeconds((count) => count + 1), 1000)
    // Held down: letting go sends. A short press leaves it running.
    const release = (event: PointerEvent): void => {
      if (pressedAt !== null && event.timeStamp - pressedAt > tapMs) latest.current()
    }
    addEventListener('pointerup', release, { once: true })
    return () => {
      clearInterval(timer)
      removeEventListener('pointerup', release)
    }
  }, [pressedAt])
  useEffect(() => {
    if (over) latest.current()
  }, [over])
  return (
    <div class="recording">
      <button type="button" class="link" onClick={cancel}>
        {say('cancel')}
      </button>
      <span role="timer">
        <i class="dot" /> {say('recording')} {duration(seconds)}
      </span>
      <button type="button" class="tool go" aria-label={say('send')} onClick={finish}>
        <Icon name="send" />
      </button>
    </div>
  )
}
