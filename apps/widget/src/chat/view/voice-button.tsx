import { useRef, useState } from 'preact/hooks'
import { tell } from '../store.ts'
import { say } from '../words/words.ts'
import { Icon } from './icon.tsx'

/** What it takes to record is fetched when somebody first does. */
async function startRecording() {
  try {
    const { record, Running } = await import('./recording.tsx')
    return { recording: await record(), Running }
  } catch {
    tell(say('noMicrophone'))
    return null
  }
}

/** Press and hold to speak and let go to send; or tap, speak, and press send. */
export function VoiceButton({ id, onRecording }: { id: string; onRecording: (on: boolean) => void }) {
  const [started, setStarted] = useState<Awaited<ReturnType<typeof startRecording>>>(null)
  const pressedAt = useRef<number | null>(null)
  const busy = useRef(false)
  const begin = async (at: number | null): Promise<void> => {
    if (busy.current) return
    busy.current = true
    pressedAt.current = at
    const next = await startRecording()
    busy.current = false
    setStarted(next)
    onRecording(next !== null)
  }
  const end = (): void => {
    setStarted(null)
    onRecording(false)
  }
  if (started) {
    const { Running, recording } = started
    return <Running id={id} recording={recording} pressedAt={pressedAt.current} onEnd={end} />
  }
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
