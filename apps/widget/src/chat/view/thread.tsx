import { useEffect, useRef, useState } from 'preact/hooks'
import { beginChat } from '../begin.ts'
import { addFiles } from '../files.ts'
import { config, state } from '../store.ts'
import { loadThread } from '../sync.ts'
import { queueStrip } from '../watch-queue.ts'
import { say } from '../words/words.ts'
import { Composer } from './composer.tsx'
import { ThreadList } from './thread-list.tsx'

const dragsFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false

/** Past the reopen window a closed conversation goes on as a new one; the server decides, so writing stays possible. */
export function Thread({ id }: { id: string }) {
  const [over, setOver] = useState(false)
  const QueueStrip = queueStrip.value
  const root = useRef<HTMLDivElement>(null)
  const conversation = state.value.conversations.get(id)
  const loaded = state.value.threads.get(id)
  // Some entries may have come by the socket before anybody looked; what is before them is still to be read.
  const wanting = conversation !== undefined && !loaded?.complete && (loaded?.entries.length ?? 0) < 20
  useEffect(() => {
    if (wanting) void loadThread(id)
  }, [id, wanting])
  useEffect(() => {
    const box = root.current
    if (!box) return undefined
    // Touch screens have no hovering: a tap on a message shows what can be done with it.
    const tap = (event: Event): void => {
      const line = event.target instanceof Element ? event.target.closest('.line') : null
      for (const other of box.querySelectorAll('.line.active')) if (other !== line) other.classList.remove('active')
      line?.classList.toggle('active')
    }
    box.addEventListener('click', tap)
    return () => box.removeEventListener('click', tap)
  }, [])
  if (config.value?.paused && !conversation) return <p class="event">{say('paused')}</p>
  const drop = (event: DragEvent): void => {
    if (!dragsFiles(event)) return
    event.preventDefault()
    setOver(false)
    addFiles(id, [...(event.dataTransfer?.files ?? [])])
  }
  const hover = (event: DragEvent): void => {
    if (!dragsFiles(event)) return
    event.preventDefault()
    setOver(true)
  }
  return (
    <div ref={root} class="thread" onDragOver={hover} onDragLeave={() => setOver(false)} onDrop={drop}>
      <ThreadList key={id} id={id} />
      {conversation?.state === 'closed' && (
        <button type="button" class="link again" onClick={() => beginChat('', true)}>
          {say('newChat')}
        </button>
      )}
      {QueueStrip && <QueueStrip id={id} />}
      <Composer id={id} />
      {over && <div class="drop">{say('dropHere')}</div>}
    </div>
  )
}
