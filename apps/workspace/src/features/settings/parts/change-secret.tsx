import { useMutation } from '@tanstack/react-query'
import { Button, InputNumber } from 'antd'
import { useState } from 'react'
import { CopyBox } from '../../../shared/copy-box.tsx'
import { FormField } from '../../../shared/form-field.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { useFeedback } from '../../../shared/use-feedback.ts'
import { words } from '../words.ts'
import { FormPanel } from './form-panel.tsx'
import { SidePanel } from './side-panel.tsx'

interface ChangeSecretProps {
  label: string
  /** What the change means for whoever uses the old one; null where there is none yet, and nothing to ask. */
  text: string | null
  madeTitle: string
  change: (keepOldHours: number) => Promise<{ secret: string }>
  onChanged: () => void
}

/** Makes a new secret and shows it this once; for how long the old one stays valid is asked before. */
export function ChangeSecret({ label, text, madeTitle, change, onChanged }: ChangeSecretProps) {
  const t = useWords(words)
  const feedback = useFeedback()
  const [asking, setAsking] = useState(false)
  const [keepOldHours, setKeepOldHours] = useState(24)
  const making = useMutation({
    mutationFn: () => change(keepOldHours),
    onSuccess: onChanged,
    onError: feedback.failed,
  })
  const close = (): void => {
    setAsking(false)
    making.reset()
  }
  return (
    <>
      <Button
        className="q-table-more"
        onClick={() => (text === null ? making.mutate() : setAsking(true))}
        loading={making.isPending}
      >
        {label}
      </Button>
      {making.data ? (
        <SidePanel title={madeTitle} onClose={close}>
          <p>{t('shownOnce')}</p>
          <CopyBox text={making.data.secret} label={madeTitle} />
        </SidePanel>
      ) : asking ? (
        <FormPanel title={label} saveLabel={label} saving={making} onSave={making.mutate} onClose={close}>
          {() => (
            <>
              <p>{text}</p>
              <FormField label={t('keepOldSecret')}>
                {(control) => (
                  <InputNumber
                    {...control}
                    value={keepOldHours}
                    min={0}
                    max={720}
                    precision={0}
                    onChange={(value) => setKeepOldHours(value ?? 24)}
                  />
                )}
              </FormField>
            </>
          )}
        </FormPanel>
      ) : null}
    </>
  )
}
