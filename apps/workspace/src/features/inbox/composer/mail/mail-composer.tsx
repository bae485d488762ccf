import { DeleteOutlined, DownOutlined } from '@ant-design/icons'
import { type MailKind, mailKinds, type MailTemplate } from '@qiao/protocol'
import { App, Button, Segmented } from 'antd'
import { type Ref, useEffect, useImperativeHandle, useRef, useState } from 'react'
import { hasCode } from '../../../../shared/api.ts'
import { isMac, keysOf } from '../../../../shared/commands.ts'
import { explain } from '../../../../shared/error-words.ts'
import { useWords } from '../../../../shared/i18n.ts'
import { useStable } from '../../../../shared/use-stable.ts'
import { forgetPictures } from '../../../../shared/mail-editor/local-pictures.ts'
import { type EditorHandle, MailEditor } from '../../../../shared/mail-editor/mail-editor.tsx'
import { templateKeys } from '../../../../shared/mail-templates.ts'
import { dateTime } from '../../../../shared/time.ts'
import { AttachButton } from '../composer-tools.tsx'
import { UploadTray } from '../upload-tray.tsx'
import { useTyping } from '../use-typing.ts'
import { BelowWords } from './below-words.tsx'
import { Collision } from './collision.tsx'
import { MailAttachments } from './mail-attachments.tsx'
import { hindranceOf, worthKeeping } from './mail-draft.ts'
import { MailFields } from './mail-fields.tsx'
import { MailTemplates, MailTemplatesButton } from './mail-templates.tsx'
import { fillHtml, fillText } from './placeholders.ts'
import { sendMail } from './send-mail.ts'
import { MailSendButton } from './send-button.tsx'
import { useAskFirst } from './use-ask-first.tsx'
import { useMailDraft, type Wanted } from './use-mail-draft.ts'
import { useMailFiles } from './use-mail-files.ts'
import { useMeanwhile } from './use-meanwhile.ts'
import { useSending } from './use-sending.ts'
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
  const { mail, update, start, opening } = draft
  const typing = useTyping(conversationId)
  const editor = useRef<EditorHandle>(null)
  const to = useRef<HTMLInputElement>(null)
  const picker = useRef<HTMLInputElement>(null)
  const files = useMailFiles({ conversationId }, (file) => {
    update(({ attachments }) => ({ attachments: [...attachments.filter(({ id }) => id !== file.id), file] }))
    if (file.cid) editor.current?.insertPicture(file.id, file.name)
  })
  const { sending, error, send } = useSending(conversationId, (mailToSend, how) =>
    sendMail(conversationId, mailToSend, how),
  )
  const { meanwhile, scheduledBy, questions, noteAsked } = useMeanwhile(conversationId, mail, wanted.sinceSeq)
  const askFirst = useAskFirst()
  const [choosing, setChoosing] = useState(false)
  /** The key was pressed before it was known whom it goes to: it goes as soon as that is. */
  const hasty = useRef<{ at: Date | null } | null>(null)
  const from = start.data
  const uploading = files.uploads.length > 0
  const hindrance = opening ? 'opening' : uploading ? 'uploading' : hindranceOf(mail)
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
    if (!(await send(mail, at))) return void requestAnimationFrame(focus)
    draft.clear()
    if (at) void message.success(t('send.done', { time: dateTime(at.getTime()) }))
    props.onSent()
  }
  const trySending = (at: Date | null): void => {
    if (opening) {
      hasty.current = { at }
      return
    }
    if (why) return void go(at)
    askFirst(mail, questions, () => {
      noteAsked()
      return go(at)
    })
  }
  const sendAsAsked = useStable(() => {
    const asked = hasty.current
    hasty.current = null
    if (asked) trySending(asked.at)
  })
  useEffect(() => {
    if (!opening) sendAsAsked()
  }, [opening, sendAsAsked])
  const insert = ({ subject, html }: MailTemplate): void => {
    setChoosing(false)
    if (!from) return
    editor.current?.insert(fillHtml(html, from.fill))
    if (mail.kind === 'new' && mail.subject.trim() === '') update({ subject: fillText(subject, from.fill) })
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
  // Names as long as that leave room for three on a phone.
  const kinds =
    mail.kind === 'reply-original'
      ? (['reply', 'reply-original', 'forward'] as const)
      : mailKinds.filter((kind) => kind === 'new' || (kind !== 'reply-original' && (mail.entryId ?? latest) !== null))
  const offline = hasCode(error, 'network')
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the key sends from each of its fields
    <section
      className="q-composer q-mailer"
      aria-label={t(`label.${mail.kind}`)}
      // Words that are written once it is on its way would be neither in it nor left.
      inert={sending}
      onKeyDown={(event) => {
        if (event.defaultPrevented || event.nativeEvent.isComposing) return
        // What is opened on top of it has keys of its own.
        if (!(event.target instanceof Node) || !event.currentTarget.contains(event.target)) return
        if (keysOf(event.nativeEvent) === templateKeys && from) {
          event.preventDefault()
          return setChoosing(true)
        }
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
      <Collision conversationId={conversationId} meanwhile={meanwhile} scheduledBy={scheduledBy} />
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
        {from ? <BelowWords mail={mail} start={from} onChange={update} /> : null}
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
        {from ? <MailTemplatesButton onOpen={() => setChoosing(true)} /> : null}
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
      {choosing && from ? (
        <MailTemplates
          inboxId={from.inboxId}
          onChoose={insert}
          onClose={() => {
            setChoosing(false)
            editor.current?.focusAgain()
          }}
        />
      ) : null}
    </section>
  )
}
