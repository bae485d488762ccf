import { PaperClipOutlined } from '@ant-design/icons'
import type { Attachment, TemplateHead } from '@qiao/protocol'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useEffect, useRef } from 'react'
import { attachmentKey } from '../../../shared/attachments.ts'
import { newClientKey } from '../../../shared/client-key.ts'
import { explain } from '../../../shared/error-words.ts'
import { FormField } from '../../../shared/form-field.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { upload } from '../../../shared/upload.ts'
import { words } from './words.ts'

interface SampleFieldProps {
  inboxId: string
  head: Exclude<TemplateHead, 'location'>
  sample: Attachment | null
  error: string | null
  onChange: (sample: Attachment | null) => void
}

/** Of what the provider takes as a sample. */
const accepted = { image: 'image/jpeg,image/png', video: 'video/mp4', file: 'application/pdf' } as const

/** A file that only the reviewers see. */
export function SampleField({ inboxId, head, sample, error, onChange }: SampleFieldProps) {
  const t = useWords(words)
  const client = useQueryClient()
  const picker = useRef<HTMLInputElement>(null)
  const leaving = useRef<AbortController | null>(null)
  useEffect(() => () => leaving.current?.abort(), [])
  const sending = useMutation({
    mutationFn: (file: File) => {
      const control = new AbortController()
      leaving.current = control
      const place = { inboxId }
      return upload(file, { id: newClientKey(), place, onProgress: () => undefined, signal: control.signal })
    },
    onSuccess: (attachment) => {
      client.setQueryData(attachmentKey(attachment.id), attachment)
      onChange(attachment)
    },
  })
  const isOther = sample !== null && sample.kind !== head
  const wrong = sending.isError ? explain(sending.error) : isOther ? t('sampleKind') : error
  return (
    <FormField label={t(`sample.${head}`)} hint={t(`sampleHint.${head}`)} error={wrong}>
      {({ id, status: _status, ...control }) => (
        <>
          <input
            ref={picker}
            hidden
            type="file"
            accept={accepted[head]}
            data-part="template-sample"
            onChange={(event) => {
              const [file] = event.target.files ?? []
              onChange(null)
              if (file) sending.mutate(file)
              event.target.value = ''
            }}
          />
          <Button
            id={id}
            {...control}
            aria-label={`${t(`sample.${head}`)}: ${sample?.name ?? t('chooseSample')}`}
            icon={<PaperClipOutlined aria-hidden />}
            loading={sending.isPending}
            onClick={() => picker.current?.click()}
          >
            {sample?.name ?? t('chooseSample')}
          </Button>
        </>
      )}
    </FormField>
  )
}
