import { DeleteOutlined, DownOutlined } from '@ant-design/icons'
import { type MailKind, mailKinds } from '@qiao/protocol'
import { App, Button, Segmented } from 'antd'
import { type Ref, useEffect, useImperativeHandle, useRef } from 'react'
import { hasCode } from '../../../../shared/api.ts'
import { isMac } from '../../../../shared/commands.ts'
import { explain } from '../../../../shared/error-words.ts'
import { useWords } from '../../../../shared/i18n.ts'
import { namesOf } from '../../../../shared/names.ts'
import { typingStore } from '../../../../shared/realtime/presence.ts'
import { useMe } from '../../../../shared/session.ts'
import { useStaffNames } from '../../../../shared/staff.ts'
import { useStore } from '../../../../shared/store.ts'
import { dateTime } from '../../../../shared/time.ts'
import { AttachButton } from '../composer-tools.tsx'
import { UploadTray } from '../upload-tray.tsx'
import { useTyping } from '../use-typing.ts'
import { BelowWords } from './below-words.tsx'
import { forgetPictures } from './local-pictures.ts'
import { MailAttachments } from './mail-attachments.tsx'
import { hindranceOf, worthKeeping } from './mail-draft.ts'
import { type EditorHandle, MailEditor } from './mail-editor.tsx'
import { MailFields } from './mail-fields.tsx'
import { MailSendButton } from './send-button.tsx'
import { useMailDraft, type Wanted } from './use-mail-draft.ts'
import { useMailFiles } from './use-mail-files.ts'
import { useSendMail } from './use-send-mail.ts'
import { mailerWords } from './words.ts'

export interface MailerHandle {
  focus: () => void
  attach: () => void
  addFiles: (files: readonly File[]) => void
}

interface MailComposerProps {
  conversationId: string
  language: string | null
  wanted: Wanted
  /** The mail that is answered when none was named. */
  latest: string | null
  onSent: () => void
  onClose: () => void
  handle: Ref<MailerHandle>
}

export function MailComposer(props: MailComposerProps) {
  const { conversationId, language, wanted, latest, handle } = props
  const t = useWords(mailerWords)
  const { modal, message } = App.useApp()
  const draft = useMailDraft(conversationId, wanted)
  const { mail, update, start } = draft
  const typing = useTyping(conversationId)
  const editor = useRef<EditorHandle>(null)
  const to = useRef<HTMLInputElement>(null)
  const picker = useRef<HTMLInputElement>(null)
  const files = useMailFiles({ conversationId }, (file) => {
    update(({ attachments }) => ({ attachments: [...attachments.filter(({ id }) => id !== file.id), file] }))
    if (file.cid) editor.current?.insertPicture(file.id, file.name)
  })
  const { sending, error, send } = useSendMail(conversationId)
  const uploading = files.uploads.length > 0
  const hindrance = uploading ? 'uploading' : hindranceOf(mail)
  const why = hindrance ? t(`why.${hindrance}`) : null

  const focus = (): void => {
    if (mail.kind === 'reply' || mail.kind === 'reply-all') editor.current?.focus()
    else to.current?.focus()
  }
  useImperativeHandle(handle, () => ({
    focus,
    attach: () => picker.current?.click(),
    addFiles: (added) => files.add(added, false),
  }))
  useEffect(() => forgetPictures, [])

  const go = async (at: Date | null): Promise<void> => {
    if (why) return void message.warning(why)
    typing.stop()
    if (!(await send(mail, at))) return
    draft.clear()
    if (at) void message.success(t('send.done', { time: dateTime(at.getTime()) }))
    props.onSent()
  }
  const trySending = (at: Date | null): void => {
    if (mail.subject.trim() !== '' || why) return void go(at)
    void modal.confirm({ title: t('subject.none'), okText: t('subject.send'), onOk: () => go(at) })
  }
  const drop = (): void => {
    draft.clear()
    props.onClose()
  }
  const discard = (): void => {
    if (!worthKeeping(mail)) return drop()
    void modal.confirm({
      title: t('discard.ask'),
      okText: t('discard.yes'),
      okButtonProps: { danger: true },
      onOk: drop,
    })
  }
  const answerAs = (kind: MailKind): void => {
    draft.answerAs(kind, mail.entryId ?? latest)
    if (kind === 'forward' || kind === 'new') to.current?.focus()
  }
  const kinds = mailKinds.filter((kind) => kind === 'new' || (mail.entryId ?? latest) !== null)
  const offline = hasCode(error, 'network')
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the key sends from each of its fields
    <section
      className="q-composer q-mailer"
      aria-label={t(`label.${mail.kind}`)}
      onKeyDown={(event) => {
        if (event.defaultPrevented || event.nativeEvent.isComposing) return
        if (event.key !== 'Enter' || !(isMac ? event.metaKey : event.ctrlKey)) return
        event.preventDefault()
        trySending(null)
      }}
    >
      <div className="q-mailer-head">
        <Segmented
          size="small"
          aria-label={t('kind')}
          value={mail.kind}
          options={kinds.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
          onChange={answerAs}
        />
        <Button
          type="text"
          size="small"
          icon={<DownOutlined />}
          aria-label={t('fold')}
          title={t('fold')}
          onClick={props.onClose}
        />
      </div>
      <Collision conversationId={conversationId} />
      {start.error ? (
        <p className="q-mailer-trouble" role="alert">
          {t('start.failed', { reason: explain(start.error) })}{' '}
          <button type="button" className="q-mail-link" onClick={() => void start.refetch()}>
            {t('start.again')}
          </button>
        </p>
      ) : null}
      <div className="q-mailer-scroll">
        <MailFields mail={mail} onChange={update} to={to} />
        <MailEditor
          html={mail.html}
          revision={draft.revision}
          label={t('body.label')}
          language={language}
          onChange={(html) => {
            update({ html })
            typing.typed()
          }}
          onSend={() => trySending(null)}
          onFiles={files.add}
          onLeave={() => {
            if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
          }}
          handle={editor}
        />
        {start.data ? <BelowWords mail={mail} start={start.data} onChange={update} /> : null}
      </div>
      <UploadTray uploads={files.uploads} onRemove={files.remove} onAgain={files.again} />
      <MailAttachments
        files={mail.attachments}
        onRemove={(id) => update({ attachments: mail.attachments.filter((file) => file.id !== id) })}
      />
      {error ? (
        <p className="q-mailer-trouble" role="alert">
          {offline ? t('offline') : t('failed', { reason: explain(error) })}
        </p>
      ) : null}
      <div className="q-composer-tools">
        <input
          ref={picker}
          type="file"
          multiple
          hidden
          aria-label={t('files.add')}
          onChange={(event) => {
            files.add([...(event.target.files ?? [])], false)
            event.target.value = ''
          }}
        />
        <AttachButton disabled={false} onAttach={() => picker.current?.click()} />
        <Button
          type="text"
          icon={<DeleteOutlined />}
          aria-label={t('discard')}
          title={t('discard')}
          onClick={discard}
        />
        <span className="q-composer-space q-mailer-dim">{why}</span>
        <MailSendButton
          disabled={why !== null}
          sending={sending}
          why={why}
          onSend={() => trySending(null)}
          onLater={trySending}
        />
      </div>
    </section>
  )
}

/** Two answers to one question are worse than none: whoever writes here knows of the other. */
function Collision({ conversationId }: { conversationId: string }) {
  const t = useWords(mailerWords)
  const me = useMe()
  const { agents } = useStaffNames()
  const writing = useStore(typingStore, (byId) => byId.get(conversationId)) ?? []
  const ids = writing.flatMap(({ who }) => (who.type === 'agent' && who.id !== me.id ? [who.id] : []))
  return (
    <div role="status" className={ids.length > 0 ? 'q-mailer-collision' : 'sr-only'}>
      {ids.length > 0 ? t('collision', { name: namesOf(ids, agents) }) : ''}
    </div>
  )
}
