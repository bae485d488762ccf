import { SendOutlined } from '@ant-design/icons'
import { type AgentContent, startConversation } from '@qiao/protocol'
import { useMutation } from '@tanstack/react-query'
import { Alert, Button, Modal, Select } from 'antd'
import { useRef, useState } from 'react'
import { call } from '../../../shared/api.ts'
import { isMac } from '../../../shared/commands.ts'
import { explain } from '../../../shared/error-words.ts'
import { FormField } from '../../../shared/form-field.tsx'
import { giveFocus } from '../../../shared/give-focus.ts'
import { useWords } from '../../../shared/i18n.ts'
import { inOneLanguage } from '../../../shared/in-one-language.ts'
import { TextField } from '../../../shared/text-field.tsx'
import { useUnfinished } from '../../../shared/unfinished.ts'
import { useConfirm } from '../../../shared/use-confirm.ts'
import { deliveryWords, problemKey } from '../delivery-words.ts'
import type { FirstInbox } from './first-inboxes.ts'
import { endTry, keyOfTry } from './first-try.ts'
import { FirstTemplates } from './first-templates.tsx'
import { type Recipient } from './recipient.ts'
import { RecipientField } from './recipient-field.tsx'
import { useFirstPreview, whom } from './use-first-preview.ts'
import { firstWords } from './words.ts'
import './first-words.css'

interface WriteFirstProps {
  /** At least one. */
  inboxes: readonly FirstInbox[]
  onClose: () => void
  onStarted: (conversationId: string) => void
}

/** A text, or an approved template, to somebody who may never have written: it begins a conversation of the writer's. */
export function WriteFirst({ inboxes, onClose, onStarted }: WriteFirstProps) {
  const t = useWords(firstWords)
  const why = useWords(deliveryWords)
  const confirm = useConfirm()
  const [inboxId, setInboxId] = useState(inboxes[0]?.inbox.id ?? '')
  const [recipient, setRecipient] = useState<Recipient | null>(null)
  const [text, setText] = useState('')
  const [isTried, setTried] = useState(false)
  const way = inboxes.find(({ inbox }) => inbox.id === inboxId) ?? inboxes[0]
  const hasWords = way?.writesFirst === 'words'
  const content: AgentContent | null =
    hasWords && text.trim() !== '' ? { type: 'text', text: text.trim(), markup: 'none' } : null
  const { preview, isCurrent } = useFirstPreview({ inboxId, recipient, content })
  const problem = isCurrent ? (preview?.problem ?? null) : null
  useUnfinished(text.trim() !== '' || recipient !== null)
  const form = useRef<HTMLFormElement>(null)
  const start = useMutation({
    mutationFn: ({ said, to }: { said: AgentContent; to: Recipient }) => {
      const clientKey = keyOfTry(JSON.stringify([inboxId, whom(to), said]))
      return call(startConversation, { body: { clientKey, inboxId, ...whom(to), content: said } })
    },
    onSuccess: ({ item }) => {
      endTry()
      onStarted(item.conversation.id)
    },
  })

  const send = (said: AgentContent | null): void => {
    setTried(true)
    if (!recipient || !said || problem || start.isPending) return
    const go = (): Promise<unknown> => start.mutateAsync({ said, to: recipient })
    if (!way?.isPaid) return void go().catch(() => undefined)
    const address = preview?.address ?? ('address' in recipient ? recipient.address : recipient.name)
    const count = preview?.sms?.segments
    confirm({
      title: t('ask.title'),
      text: count === undefined ? t('ask.message', { address }) : t('ask.texts', { count, address }),
      ok: t('send'),
      danger: false,
      run: go,
    })
  }
  const toError = recipient === null && isTried ? t('need.to') : problem ? problemWords(problem) : null
  function problemWords({ code, detail }: NonNullable<typeof problem>): string {
    return [why(problemKey(code)), inOneLanguage(detail)].filter(Boolean).join(' · ')
  }
  return (
    <Modal
      open
      title={t('do.write')}
      width={hasWords ? 560 : 760}
      footer={null}
      mask={{ closable: false }}
      onCancel={onClose}
      // The way is nearly always the one that stands there.
      afterOpenChange={(open) =>
        open && giveFocus(form.current, () => form.current?.querySelectorAll('input')[1]?.focus())
      }
    >
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the key sends from each of its fields */}
      <form
        ref={form}
        className="q-first"
        onSubmit={(event) => {
          event.preventDefault()
          send(content)
        }}
        onKeyDown={(event) => {
          if (!hasWords || event.key !== 'Enter' || event.nativeEvent.isComposing) return
          if (!(isMac ? event.metaKey : event.ctrlKey)) return
          event.preventDefault()
          send(content)
        }}
      >
        <FormField label={t('from')} hint={way?.isPaid ? t('paid') : null}>
          {(control) => (
            <Select
              {...control}
              value={inboxId}
              showSearch={{ optionFilterProp: 'label' }}
              options={inboxes.map(({ inbox }) => ({ value: inbox.id, label: inbox.name }))}
              onChange={setInboxId}
            />
          )}
        </FormField>
        <RecipientField
          value={recipient}
          error={toError}
          hint={preview?.address && isCurrent && !problem ? t('willGo', { address: preview.address }) : t('toHint')}
          onChange={setRecipient}
        />
        {hasWords ? (
          <>
            <TextField
              label={t('text')}
              error={isTried && !content ? t('need.text') : null}
              hint={
                preview?.sms && content
                  ? t('sms', { count: preview.sms.segments, each: preview.sms.perSegment })
                  : undefined
              }
              maxLength={10_000}
              lines={{ first: 4, most: 12 }}
              value={text}
              onChange={setText}
            />
            <div className="q-first-foot">
              <Button onClick={onClose}>{t('cancel')}</Button>
              <Button type="primary" htmlType="submit" icon={<SendOutlined />} loading={start.isPending}>
                {t(start.isPending ? 'sending' : 'send')}
              </Button>
            </div>
          </>
        ) : null}
      </form>
      {hasWords || !way ? null : <FirstTemplates key={inboxId} inboxId={inboxId} onSend={send} />}
      {start.error ? <Alert type="error" role="alert" title={t('failed', { reason: explain(start.error) })} /> : null}
    </Modal>
  )
}
