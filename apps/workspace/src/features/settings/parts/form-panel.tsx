import { Alert, Button } from 'antd'
import { type ReactNode, useId, useState } from 'react'
import { explain } from '../../../shared/error-words.ts'
import { useWords } from '../../../shared/i18n.ts'
import { words } from '../words.ts'
import { SidePanel } from './side-panel.tsx'

interface FormPanelProps {
  title: string
  saveLabel?: string
  wide?: boolean
  /** What is typed can be sent as it is. */
  valid?: boolean
  /** The mutation that saves: its refusal is shown above the fields. */
  saving: { isPending: boolean; error: unknown }
  onSave: () => void
  onClose: () => void
  /** The fields; nothing is marked as wrong before somebody tried to save it. */
  children: (tried: boolean) => ReactNode
}

/** A small form beside the list. Enter saves. */
export function FormPanel({ title, saveLabel, wide, valid = true, saving, onSave, onClose, children }: FormPanelProps) {
  const t = useWords(words)
  const id = useId()
  const [tried, setTried] = useState(false)
  const footer = (
    <>
      <Button onClick={onClose}>{t('cancel')}</Button>
      <Button type="primary" htmlType="submit" form={id} loading={saving.isPending}>
        {saveLabel ?? t('save')}
      </Button>
    </>
  )
  return (
    <SidePanel title={title} wide={wide ?? false} onClose={onClose} footer={footer}>
      <form
        id={id}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          setTried(true)
          if (valid && !saving.isPending) onSave()
        }}
      >
        {saving.error ? (
          <Alert className="st-refusal" type="error" role="alert" showIcon title={explain(saving.error)} />
        ) : null}
        {children(tried)}
      </form>
    </SidePanel>
  )
}
