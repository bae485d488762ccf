import { createBindLink } from '@qiao/protocol'
import { useMutation } from '@tanstack/react-query'
import { Modal, QRCode } from 'antd'
import { memo } from 'react'
import { call } from '../api.ts'
import { CopyBox } from '../copy-box.tsx'
import { useWords } from '../i18n.ts'
import { TextButton } from '../text-button.tsx'
import { useFeedback } from '../use-feedback.ts'
import { useStable } from '../use-stable.ts'
import { mergingWords } from './words.ts'

/** A link that the customer opens elsewhere, to be known there as the same person. */
export const BindButton = memo(function BindButton({ conversationId }: { conversationId: string }) {
  const t = useWords(mergingWords)
  const { failed } = useFeedback()
  const make = useMutation({
    mutationFn: () => call(createBindLink, { params: { id: conversationId } }),
    onError: failed,
  })
  const start = useStable(() => make.mutate())
  return (
    <>
      <TextButton words={t('bind')} loading={make.isPending} onClick={start} />
      {make.data ? (
        <Modal open centered footer={null} width={560} title={t('bind')} onCancel={() => make.reset()}>
          <p className="q-merging-note">{t('bindText')}</p>
          {make.data.links.map(({ inboxId, name, url }) => (
            <div key={inboxId} className="q-bind-link">
              {/* Black on white in every theme: cameras want the contrast. */}
              <div role="img" aria-label={t('bindQr', { name })}>
                <QRCode value={url} size={112} color="#000" bgColor="#fff" />
              </div>
              <div>
                <strong>{name}</strong>
                <CopyBox text={url} label={name} />
              </div>
            </div>
          ))}
          <p className="q-merging-note">{t('bindCode')}</p>
          <CopyBox text={make.data.token} label={t('bindCode')} />
        </Modal>
      ) : null}
    </>
  )
})
