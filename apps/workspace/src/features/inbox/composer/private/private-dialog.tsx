import { replyPrivately } from '@qiao/protocol'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Input, Modal } from 'antd'
import { useState } from 'react'
import { call } from '../../../../shared/api.ts'
import { newClientKey } from '../../../../shared/client-key.ts'
import { explain } from '../../../../shared/error-words.ts'
import { FormField } from '../../../../shared/form-field.tsx'
import { useWords } from '../../../../shared/i18n.ts'
import { useUnfinished } from '../../../../shared/unfinished.ts'
import { useFeedback } from '../../../../shared/use-feedback.ts'
import { Quoted } from '../quoted.tsx'
import { privateWords } from './private-words.ts'

interface PrivateDialogProps {
  conversationId: string
  entryId: string
  onClose: () => void
}

/** Apart from the field for the public: nothing that is written in one ends up in the other. */
export function PrivateDialog({ conversationId, entryId, onClose }: PrivateDialogProps) {
  const t = useWords(privateWords)
  const client = useQueryClient()
  const feedback = useFeedback()
  const [text, setText] = useState('')
  // Another try of the same words is the same message.
  const [clientKey] = useState(newClientKey)
  useUnfinished(text.trim() !== '')
  const sending = useMutation({
    mutationFn: () =>
      call(replyPrivately, {
        params: { id: conversationId },
        body: { clientKey, entryId, content: { type: 'text', text } },
      }),
    onSuccess: () => {
      feedback.done(t('sent'))
      onClose()
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['reply-policy', conversationId, 'private'] }),
  })
  return (
    <Modal
      open
      centered
      title={t('title')}
      okText={t('send')}
      cancelText={t('cancel')}
      okButtonProps={{ disabled: text.trim() === '', loading: sending.isPending }}
      onOk={() => sending.mutate()}
      onCancel={onClose}
    >
      <p className="q-private-quote">
        <Quoted targetId={entryId} />
      </p>
      <FormField label={t('text')} hint={t('hint')} error={sending.isError ? explain(sending.error) : null}>
        {(control) => (
          <Input.TextArea
            {...control}
            autoFocus
            dir="auto"
            value={text}
            autoSize={{ minRows: 3, maxRows: 10 }}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </FormField>
    </Modal>
  )
}
