import { DeleteOutlined } from '@ant-design/icons'
import { type Inbox, type MailDraft, type MailTemplate, readFirstMailStart } from '@qiao/protocol'
import { useQuery } from '@tanstack/react-query'
import { App, Button, Select } from 'antd'
import { type Ref, useEffect, useImperativeHandle, useRef, useState } from 'react'
import { call, hasCode } from '../../../shared/api.ts'
import { isMac, keysOf } from '../../../shared/commands.ts'
import { explain } from '../../../shared/error-words.ts'
import { FormField } from '../../../shared/form-field.tsx'
import { giveFocus } from '../../../shared/give-focus.ts'
import { useWords } from '../../../shared/i18n.ts'
import { forgetPictures } from '../../../shared/mail-editor/local-pictures.ts'
import { type EditorHandle, MailEditor } from '../../../shared/mail-editor/mail-editor.tsx'
import { templateKeys } from '../../../shared/mail-templates.ts'
import { dateTime } from '../../../shared/time.ts'
import { AttachButton } from '../composer/composer-tools.tsx'
import { BelowWords } from '../composer/mail/below-words.tsx'
import { MailAttachments } from '../composer/mail/mail-attachments.tsx'
import { hindranceOf } from '../composer/mail/mail-draft.ts'
import { MailFields } from '../composer/mail/mail-fields.tsx'
import { MailTemplates, MailTemplatesButton } from '../composer/mail/mail-templates.tsx'
import { fillHtml, fillText } from '../composer/mail/placeholders.ts'
import { MailSendButton } from '../composer/mail/send-button.tsx'
import { sendFirstMail } from '../composer/mail/send-mail.ts'
import { useAskFirst } from '../composer/mail/use-ask-first.tsx'
import { useMailFiles } from '../composer/mail/use-mail-files.ts'
import { useSending } from '../composer/mail/use-sending.ts'
import { mailerWords } from '../composer/mail/words.ts'
import { UploadTray } from '../composer/upload-tray.tsx'
import { nameOf } from '../mail/people.ts'
import type { FirstDraft } from './first-draft.ts'
import { useFirstDraft } from './use-first-draft.ts'
import { newMailWords } from './words.ts'

export interface FirstMailHandle {
  focus: () => void
}

interface WriteFirstMailProps {
  inboxes: readonly Inbox[]
  draft: FirstDraft | null
  onClose: () => void
  handle: Ref<FirstMailHandle>
}

export function WriteFirstMail({ inboxes, draft, onClose, handle }: WriteFirstMailProps) {
  const t = useWords(newMailWords)
  const words = useWords(mailerWords)
  const { message, modal } = App.useApp()
  const { inboxId, mail, update, moveTo, clear, begun } = useFirstDraft(inboxes, draft)
  const form = useRef<HTMLDivElement>(null)
  const editor = useRef<EditorHandle>(null)
  const to = useRef<HTMLInputElement>(null)
  const picker = useRef<HTMLInputElement>(null)
  const [choosing, setChoosing] = useState(false)
  const files = useMailFiles({ inboxId }, (file) => {
    update((held) => ({ attachments: [...held.attachments.filter(({ id }) => id !== file.id), file] }))
    if (file.cid) editor.current?.insertPicture(file.id, file.name)
  })
  const { sending, error, send } = useSending(null, (written, how) => sendFirstMail(inboxId, written, how))
  const askFirst = useAskFirst()
  const start = useQuery({
    queryKey: ['first-mail-start', inboxId],
    queryFn: ({ signal }) => call(readFirstMailStart, { params: { id: inboxId } }, { signal }),
    staleTime: 60_000,
  })
  const focus = (): void =>
    giveFocus(form.current, () => (mail.to.length > 0 ? editor.current?.focus() : to.current?.focus()))
  useImperativeHandle(handle, () => ({ focus }))
  useEffect(() => forgetPictures, [])
  const hindrance = files.uploads.length > 0 ? 'uploading' : hindranceOf(mail)
  const why = hindrance ? words(`why.${hindrance}`) : null

  const go = async (at: Date | null): Promise<void> => {
    if (!(await send(mail, at))) return void requestAnimationFrame(focus)
    clear()
    if (at) void message.success(words('send.done', { time: dateTime(at.getTime()) }))
    onClose()
  }
  const trySending = (at: Date | null): void => {
    if (why) return void message.warning(why)
    askFirst(mail, [], () => go(at))
  }
  const drop = (): void => {
    clear()
    onClose()
  }
  const discard = (): void => {
    if (!begun) return drop()
    const okButtonProps = { danger: true }
    void modal.confirm({ title: words('discard.ask'), okText: words('discard.yes'), okButtonProps, onOk: drop })
  }
  const insert = ({ subject, html }: MailTemplate): void => {
    setChoosing(false)
    const fill = fillFor(mail, start.data?.agentName ?? '')
    editor.current?.insert(fillHtml(html, fill))
    if (mail.subject.trim() === '') update({ subject: fillText(subject, fill) })
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- the key sends from each of its fields
    <div
      ref={form}
      className="q-first-mail"
      // Words that are written once it is on its way would be neither in it nor left.
      inert={sending}
      onKeyDown={(event) => {
        if (event.defaultPrevented || event.nativeEvent.isComposing) return
        // What is opened on top of it has keys of its own.
        if (!(event.target instanceof Node) || !event.currentTarget.contains(event.target)) return
        const opens = keysOf(event.nativeEvent) === templateKeys
        if (!opens && (event.key !== 'Enter' || !(isMac ? event.metaKey : event.ctrlKey))) return
        event.preventDefault()
        if (opens) setChoosing(true)
        else trySending(null)
      }}
    >
      <FormField label={t('from')}>
        {({ id }) => (
          <Select
            id={id}
            value={inboxId}
            // A file that was sent up belongs to its inbox.
            disabled={mail.attachments.length > 0 || files.uploads.length > 0}
            showSearch={{ optionFilterProp: 'label' }}
            options={inboxes.map((inbox) => ({ value: inbox.id, label: inbox.name }))}
            onChange={moveTo}
          />
        )}
      </FormField>
      <MailFields mail={mail} onChange={update} to={to} />
      <MailEditor
        html={mail.html}
        revision={0}
        label={words('body.label')}
        language={null}
        onChange={(html) => update({ html })}
        onSend={() => trySending(null)}
        onFiles={files.add}
        onLeave={onClose}
        handle={editor}
      />
      {start.data ? (
        <BelowWords mail={mail} start={{ ...start.data, quotedHtml: null, quotedPictures: [] }} onChange={update} />
      ) : null}
      {start.error ? (
        <p className="q-mailer-trouble" role="alert">
          {t('start.failed', { reason: explain(start.error) })}{' '}
          <button type="button" className="q-mail-link" onClick={() => void start.refetch()}>
            {words('start.again')}
          </button>
        </p>
      ) : null}
      <UploadTray uploads={files.uploads} onRemove={files.remove} onAgain={files.again} />
      <MailAttachments
        files={mail.attachments}
        onRemove={(id) => update({ attachments: mail.attachments.filter((file) => file.id !== id) })}
      />
      {error ? (
        <p className="q-mailer-trouble" role="alert">
          {hasCode(error, 'network') ? words('offline') : words('failed', { reason: explain(error) })}
        </p>
      ) : null}
      <div className="q-composer-tools">
        <input
          ref={picker}
          type="file"
          multiple
          hidden
          aria-label={words('files.add')}
          onChange={(event) => {
            files.add([...(event.target.files ?? [])], false)
            event.target.value = ''
          }}
        />
        <AttachButton disabled={false} onAttach={() => picker.current?.click()} />
        <MailTemplatesButton onOpen={() => setChoosing(true)} />
        <Button
          type="text"
          icon={<DeleteOutlined />}
          aria-label={words('discard')}
          title={words('discard')}
          onClick={discard}
        />
        <span className="q-composer-space q-mailer-dim">{why ?? (begun ? t('kept') : '')}</span>
        <MailSendButton
          disabled={why !== null}
          sending={sending}
          why={why}
          onSend={() => trySending(null)}
          onLater={trySending}
        />
      </div>
      {choosing ? (
        <MailTemplates
          inboxId={inboxId}
          onChoose={insert}
          onClose={() => {
            setChoosing(false)
            editor.current?.focusAgain()
          }}
        />
      ) : null}
    </div>
  )
}

/** There is no conversation yet, so it has no number; the customer is whom it goes to. */
const fillFor = ({ to: [first] }: MailDraft, agent: string) => ({
  agent,
  customer: first ? nameOf(first) : '',
  number: '',
})
