import { dropUpload, startUpload } from '../files.ts'
import { type Upload, uploads } from '../store.ts'
import { bytes, percent } from '../words/times.ts'
import { say } from '../words/words.ts'
import { FileButton } from './file-button.tsx'
import { Wrong } from './form-fields.tsx'
import { Icon } from './icon.tsx'

/** Where the files of the form wait; no thread has this name. */
const heldFor = 'leave'
const mostFiles = 10

export const heldFiles = (): Upload[] => uploads.value.filter(({ threadId }) => threadId === heldFor)

function HeldFile({ upload }: { upload: Upload }) {
  const { id, name, preview, progress, error, attachment, file } = upload
  return (
    <li>
      {preview ? <img src={preview} alt="" /> : <Icon name="file" />}
      <span class="held-words">
        <span class="clip">{name}</span>
        <span class={error === null ? 'muted' : 'wrong'} role={error === null ? undefined : 'alert'}>
          {error ?? (attachment ? bytes(file.size) : percent(progress))}
        </span>
        {error === null && !attachment && <progress value={progress} max={1} aria-label={name} />}
      </span>
      {error !== null && (
        <button type="button" class="link" onClick={() => void startUpload(id)}>
          {say('retry')}
        </button>
      )}
      <button
        type="button"
        class="tool"
        aria-label={`${say(attachment ? 'discard' : 'cancel')}: ${name}`}
        onClick={() => dropUpload(id)}
      >
        <Icon name="close" />
      </button>
    </li>
  )
}

/** Files that go with the message; each rises as soon as it is chosen. */
export function HeldFiles({ error }: { error: string | undefined }) {
  const files = heldFiles()
  return (
    <div class="field">
      {files.length > 0 && (
        <ul class="held">
          {files.map((upload) => (
            <HeldFile key={upload.id} upload={upload} />
          ))}
        </ul>
      )}
      {files.length < mostFiles && <FileButton id={heldFor} icon="attach" label={say('attach')} held />}
      <Wrong id="held" error={error} />
    </div>
  )
}
