import { useRef } from 'preact/hooks'
import { addFiles } from '../files.ts'
import { config } from '../store.ts'
import { Icon } from './icon.tsx'

interface FileButtonProps {
  id: string
  icon: 'attach' | 'camera'
  label: string
  camera?: boolean
  /** For a form: files wait there, and the button says what it is for. */
  held?: boolean
}

export function FileButton({ id, icon, label, camera, held }: FileButtonProps) {
  const input = useRef<HTMLInputElement>(null)
  const kinds = config.value?.settings.attachments.kinds ?? []
  const accept = camera ? 'image/*' : kinds.includes('file') ? undefined : kinds.map((kind) => `${kind}/*`).join(',')
  const chosen = (): void => {
    const box = input.current
    addFiles(id, [...(box?.files ?? [])], held)
    // The same file may be chosen again.
    if (box) box.value = ''
  }
  return (
    <>
      <button
        type="button"
        class={held ? 'add-file' : 'tool'}
        aria-label={label}
        title={label}
        onClick={() => input.current?.click()}
      >
        <Icon name={icon} /> {held && label}
      </button>
      <input
        ref={input}
        type="file"
        hidden
        multiple={!camera}
        accept={accept}
        capture={camera ? 'environment' : undefined}
        aria-label={label}
        onChange={chosen}
      />
    </>
  )
}
