import { trusted } from '../../shared/trusted.ts'
import type { MessageContent } from '@qiao/protocol/content'
import { contentPreview } from '@qiao/protocol/content-text'
import type { OutboxItem } from '../core/outbox.ts'
import { dropUpload, startUpload } from '../files.ts'
import { services } from '../services.ts'
import { networkUp, type Upload } from '../store.ts'
import { percent } from '../words/times.ts'
import { wordsOfCode } from '../words/refusals.ts'
import { say } from '../words/words.ts'
import { LeftMessage } from './content.tsx'
import { Icon } from './icon.tsx'
import { Words } from './markup.tsx'
import { Bubble, Quote } from './message.tsx'
import { summary } from './summary.ts'

/** A message that is not with the server yet: how it stands, and what can be done. */
export function Waiting({ item, first, last }: { item: OutboxItem; first: boolean; last: boolean }) {
  // What a visitor sends differs from the stored form only in defaults, which do not matter for showing it.
  const content = trusted<MessageContent>(item.body.content)
  const failed = item.state === 'failed'
  const state = failed ? 'failed' : !networkUp.value || item.code === 'offline' ? 'queued' : 'sending'
  const below = (last || failed) && (
    <span class={failed ? 'when wrong' : 'when'}>
      {say(state)}
      {failed && (
        <>
          {' · '}
          {wordsOfCode(item.code)}
          <button type="button" class="link" onClick={() => services().outbox.retry(item.clientKey)}>
            {say('retry')}
          </button>
          <button type="button" class="link" onClick={() => services().outbox.discard(item.clientKey)}>
            {say('discard')}
          </button>
        </>
      )}
    </span>
  )
  return (
    <li class="row">
      <div class="stack">
        <Bubble mine first={first} last={last} content={content} below={below}>
          {item.body.replyToId && <Quote conversationId={item.threadId} id={item.body.replyToId} />}
          {item.left ? (
            <LeftMessage content={item.left.content} />
          ) : content.type === 'text' ? (
            <Words text={content.text} markup="none" />
          ) : (
            <p>{summary(content.type, contentPreview(content))}</p>
          )}
        </Bubble>
      </div>
    </li>
  )
}

/** A file on its way up. */
export function Uploading({ upload }: { upload: Upload }) {
  const { id, name, preview, progress, error } = upload
  return (
    <li class="row">
      <div class="said mine first last">
        <div class="bubble">
          {preview ? (
            <img class="uploading" src={preview} alt={name} />
          ) : (
            <p class="call">
              <Icon name="file" /> {name}
            </p>
          )}
          {error === null && <progress value={progress} max={1} aria-label={name} />}
        </div>
        <span class={error === null ? 'when' : 'when wrong'}>
          {error ?? percent(progress)}
          {error !== null && (
            <button type="button" class="link" onClick={() => void startUpload(id)}>
              {say('retry')}
            </button>
          )}
          <button type="button" class="link" onClick={() => dropUpload(id)}>
            {say('cancel')}
          </button>
        </span>
      </div>
    </li>
  )
}
