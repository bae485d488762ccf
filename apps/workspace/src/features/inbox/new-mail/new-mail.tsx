import type { Inbox } from '@qiao/protocol'
import { App, Button, Checkbox, Modal, Select } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { newClientKey } from '../../../shared/client-key.ts'
import { isMac } from '../../../shared/commands.ts'
import { explain } from '../../../shared/error-words.ts'
import { FormField } from '../../../shared/form-field.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { AttachButton } from '../composer/composer-tools.tsx'
import { forgetPictures } from '../composer/mail/local-pictures.ts'
import { MailAttachments } from '../composer/mail/mail-attachments.tsx'
import { blankMail, hindranceOf, worthKeeping } from '../composer/mail/mail-draft.ts'
import { type EditorHandle, MailEditor } from '../composer/mail/mail-editor.tsx'
import { MailFields } from '../composer/mail/mail-fields.tsx'
import { useMailFiles } from '../composer/mail/use-mail-files.ts'
import { mailerWords } from '../composer/mail/words.ts'
import { UploadTray } from '../composer/upload-tray.tsx'
import { startMail } from './start-mail.ts'
import { newMailWords } from './words.ts'
import '../composer/mail/mailer.css'

interface NewMailProps {
  /** At least one. */
  inboxes: readonly Inbox[]
  onClose: () => void
  onSent: (conversationId: string) => void
}

/** A mail to anybody, known or not: it begins a conversation. */
export function NewMail({ inboxes, onClose, onSent }: NewMailProps) {
  const t = useWords(newMailWords)
  const words = useWords(mailerWords)
  const { message, modal } = App.useApp()
  const [inboxId, setInboxId] = useState(inboxes[0]?.id ?? '')
  const [mail, setMail] = useState(() => blankMail('new', null))
  const [sending, setSending] = useState(false)
  const [error, setError] = useState<unknown>(null)
  // The same mail tried again has the same key.
  const tried = useRef<{ mail: typeof mail; clientKey: string } | null>(null)
  const editor = useRef<EditorHandle>(null)
  const to = useRef<HTMLInputElement>(null)
  const picker = useRef<HTMLInputElement>(null)
  const update = (part: Partial<typeof mail>): void => setMail((held) => ({ ...held, ...part }))
  const files = useMailFiles({ inboxId }, (file) => {
    setMail((held) => ({ ...held, attachments: [...held.attachments.filter(({ id }) => id !== file.id), file] }))
    if (file.cid) editor.current?.insertPicture(file.id, file.name)
  })
  useEffect(() => forgetPictures, [])
  const hindrance = files.uploads.length > 0 ? 'uploading' : hindranceOf(mail)
  const why = hindrance ? words(`why.${hindrance}`) : null

  const send = async (): Promise<void> => {
    if (why) return void message.warning(why)
    if (sending) return
    if (tried.current?.mail !== mail) tried.current = { mail, clientKey: newClientKey() }
    setSending(true)
    try {
      const id = await startMail(inboxId, mail, tried.current.clientKey)
      void message.success(t('send.done'))
      onSent(id)
    } catch (failure) {
      setError(failure)
      setSending(false)
    }
  }
  const leave = (): void => {
    if (!worthKeeping(mail)) return onClose()
    void modal.confirm({
      title: t('leave.ask'),
      okText: t('leave.yes'),
      okButtonProps: { danger: true },
      onOk: onClose,
    })
  }
  return (
    <Modal
      open
      title={t('do.write')}
      width={760}
      footer={null}
      mask={{ closable: false }}
      onCancel={leave}
      afterOpenChange={(open) => open && to.current?.focus()}
    >
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- the key sends from each of its fields */}
      <div
        onKeyDown={(event) => {
          if (event.defaultPrevented || event.nativeEvent.isComposing) return
          if (event.key !== 'Enter' || !(isMac ? event.metaKey : event.ctrlKey)) return
          event.preventDefault()
          void send()
        }}
      >
        <FormField label={t('from')}>
          {({ id }) => (
            <Select
              id={id}
              value={inboxId}
              // A file that was sent up belongs to its inbox.
              disabled={mail.attachments.length > 0 || files.uploads.length > 0}
              options={inboxes.map((inbox) => ({ value: inbox.id, label: inbox.name }))}
              onChange={setInboxId}
            />
          )}
        </FormField>
        <MailFields mail={mail} onChange={update} to={to} />
        <MailEditor
          html=""
          revision={0}
          label={words('body.label')}
          language={null}
          onChange={(html) => update({ html })}
          onSend={() => void send()}
          onFiles={files.add}
          onLeave={leave}
          handle={editor}
        />
        <UploadTray uploads={files.uploads} onRemove={files.remove} onAgain={files.again} />
        <MailAttachments
          files={mail.attachments}
          onRemove={(id) => update({ attachments: mail.attachments.filter((file) => file.id !== id) })}
        />
        {error ? (
          <p className="q-mailer-trouble" role="alert">
            {words('failed', { reason: explain(error) })}
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
          <Checkbox checked={mail.signed} onChange={(event) => update({ signed: event.target.checked })}>
            {t('signed')}
          </Checkbox>
          <span className="q-composer-space q-mailer-dim">{why}</span>
          <Button type="primary" disabled={why !== null} loading={sending} onClick={() => void send()}>
            {t('send')}
          </Button>
        </div>
      </div>
    </Modal>
  )
}
