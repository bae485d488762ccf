import { useEffect, useRef, useState } from 'preact/hooks'
import type { Recording } from '../effects/record.ts'
import { addFile } from '../files.ts'
import { tell } from '../store.ts'
import { duration } from '../words/times.ts'
import { say } from '../words/words.ts'
import { Icon } from './icon.tsx'

const tapMs = 500
const longestSeconds = 300

async function startRecording(): Promise<Recording | null> {
  try {
    const { record } = await import('../effects/record.ts')
    return await record()
  } catch {
    tell(say('noMicrophone'))
    return null
  }
}

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

function Running({ id, recording, pressedAt, onEnd }: RunningProps) {
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

/** Press and hold to speak and let go to send; or tap, speak, and press send. */
export function VoiceButton({ id, onRecording }: { id: string; onRecording: (on: boolean) => void }) {
  const [recording, setRecording] = useState<Recording | null>(null)
  const pressedAt = useRef<number | null>(null)
  const busy = useRef(false)
  const begin = async (at: number | null): Promise<void> => {
    if (busy.current) return
    busy.current = true
    pressedAt.current = at
    const started = await startRecording()
    busy.current = false
    setRecording(started)
    onRecording(started !== null)
  }
  const end = (): void => {
    setRecording(null)
    onRecording(false)
  }
  if (recording) return <Running id={id} recording={recording} pressedAt={pressedAt.current} onEnd={end} />
  return (
    <button
      type="button"
      class="tool"
      aria-label={say('voice')}
      title={say('voice')}
      onPointerDown={(event) => void begin(event.timeStamp)}
      onClick={(event) => event.detail === 0 && void begin(null)}
    >
      <Icon name="mic" />
    </button>
  )
}
