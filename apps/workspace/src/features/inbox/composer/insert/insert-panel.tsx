import { CloseOutlined, SendOutlined } from '@ant-design/icons'
import type { InsertDraft, InsertKind, ReplyPolicy } from '@qiao/protocol'
import { Button } from 'antd'
import { useEffect, useId, useRef, useState } from 'react'
import { isMac } from '../../../../shared/commands.ts'
import { useWords } from '../../../../shared/i18n.ts'
import { PreviewLine } from '../preview-line.tsx'
import { problemOf } from '../preview-words.ts'
import { ProblemWords } from '../problem-words.tsx'
import { useReplyPreview } from '../use-reply-preview.ts'
import { CardForm } from './card-form.tsx'
import { checkInsert, emptyInsert, type InsertContent, type InsertErrors } from './check-insert.ts'
import { ContactForm } from './contact-form.tsx'
import { insertWords } from './insert-words.ts'
import { keptInsert } from './kept-insert.ts'
import { MenuForm } from './menu-form.tsx'
import { PlaceForm } from './place-form.tsx'
import './insert.css'

export interface InsertPanelProps {
  conversationId: string
  kind: InsertKind
  insert: InsertDraft | null
  /** Of the chosen way; null: no limits but our own. */
  limits: ReplyPolicy['limits']
  viaIdentityId: string | undefined
  replyToId: string | undefined
  /** It cannot be sent this way now, which is said above. */
  isBlocked: boolean
  onChange: (insert: InsertDraft | null) => void
  onSend: (content: InsertContent) => void
  /** Back to the words; what stands in the fields is kept. */
  onClose: () => void
}

const noErrors: InsertErrors = {}
const typed = 'input:not([type="hidden"]), textarea'

/** Takes the place of the field for words while something else is put together. */
export function InsertPanel(props: InsertPanelProps) {
  const { conversationId, kind, limits, viaIdentityId, replyToId, isBlocked, onChange, onSend, onClose } = props
  const insert = props.insert ?? {}
  const t = useWords(insertWords)
  const panel = useRef<HTMLFormElement>(null)
  const reasonId = useId()
  const [isTried, setTried] = useState(false)
  const checked = checkInsert(kind, insert, limits?.miniPrograms)
  const content = 'content' in checked ? checked.content : null
  const errors = isTried && 'errors' in checked ? checked.errors : noErrors
  const { preview, isCurrent } = useReplyPreview(
    conversationId,
    content && limits ? { viaIdentityId, replyToId, contents: [content] } : null,
  )
  const problem = preview && isCurrent && !isBlocked ? problemOf(preview) : null
  useEffect(() => panel.current?.querySelector<HTMLElement>(typed)?.focus(), [])

  const submit = (): void => {
    if (isBlocked || problem) return
    if (content) return onSend(content)
    setTried(true)
    requestAnimationFrame(() => panel.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
  }
  const onKeyDown = (event: React.KeyboardEvent): void => {
    if (event.nativeEvent.isComposing || event.keyCode === 229 || event.defaultPrevented) return
    // The first Escape is of the list that a field has opened.
    const hasList = event.target instanceof Element && event.target.getAttribute('aria-expanded') === 'true'
    if (event.key === 'Escape' && !hasList) {
      event.stopPropagation()
      onClose()
    } else if (event.key === 'Enter' && (isMac ? event.metaKey : event.ctrlKey)) {
      event.preventDefault()
      submit()
    }
  }
  const change = (changed: InsertDraft): void => onChange(keptInsert({ ...insert, ...changed }))
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape and mod+Enter work in every field
    <form
      ref={panel}
      className="q-insert"
      aria-label={t(`do.${kind}`)}
      onKeyDown={onKeyDown}
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <div className="q-insert-head">
        <strong>{t(kind)}</strong>
        <Button type="text" size="small" icon={<CloseOutlined />} aria-label={t('back')} onClick={onClose} />
      </div>
      <div className="q-insert-fields">
        {kind === 'menu' ? (
          <MenuForm
            value={insert.menu ?? emptyInsert.menu}
            errors={errors}
            fits={limits?.sends.includes('menu') ? limits.menu : null}
            onChange={(menu) => change({ menu })}
          />
        ) : kind === 'card' ? (
          <CardForm
            value={insert.card ?? emptyInsert.card}
            errors={errors}
            pages={limits?.miniPrograms}
            onChange={(card) => change({ card })}
          />
        ) : kind === 'contact' ? (
          <ContactForm
            value={insert.contact ?? emptyInsert.contact}
            errors={errors}
            onChange={(contact) => change({ contact })}
          />
        ) : (
          <PlaceForm
            value={insert.place ?? emptyInsert.place}
            errors={errors}
            onChange={(place) => change({ place })}
          />
        )}
      </div>
      <div className="q-insert-foot">
        <span className="q-composer-space">
          <ProblemWords id={reasonId} problem={problem} />
          <PreviewLine preview={preview} files={0} />
        </span>
        <Button
          type="primary"
          htmlType="submit"
          icon={<SendOutlined />}
          disabled={isBlocked || problem !== null}
          aria-describedby={problem ? reasonId : undefined}
        >
          {t('send')}
        </Button>
      </div>
    </form>
  )
}
