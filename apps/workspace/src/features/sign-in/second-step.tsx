import { useMutation } from '@tanstack/react-query'
import { Alert, Button, Checkbox, Form, Input } from 'antd'
import { useState } from 'react'
import { verifyBackupCode, verifyTotp } from '../../shared/auth.ts'
import { explainAuth } from '../../shared/auth-words.ts'
import { EntryPage } from '../../shared/entry-page.tsx'
import { useWords } from '../../shared/i18n.ts'
import { words } from './words.ts'

interface Fields {
  code: string
  trust: boolean
}

export function SecondStep({ onVerified, onBack }: { onVerified: () => void; onBack: () => void }) {
  const t = useWords(words)
  const [backup, setBackup] = useState(false)
  const [form] = Form.useForm<Fields>()
  const verify = useMutation({
    mutationFn: ({ code, trust }: Fields) =>
      backup ? verifyBackupCode(code.trim(), trust) : verifyTotp(code.replaceAll(/\D/g, ''), trust),
    onSuccess: onVerified,
    onError: () => form.setFieldValue('code', ''),
  })
  const change = (values: Partial<Fields>) => {
    // Six digits need no button: authenticator codes live for seconds.
    if (!backup && values.code?.replaceAll(/\D/g, '').length === 6 && !verify.isPending) form.submit()
  }
  const swap = () => {
    verify.reset()
    form.setFieldValue('code', '')
    setBackup(!backup)
  }
  return (
    <EntryPage title={t('second.title')} intro={backup ? t('second.backup') : t('second.totp')}>
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ code: '', trust: false }}
        onValuesChange={change}
        onFinish={(fields: Fields) => verify.mutate(fields)}
      >
        {verify.isError ? <Alert type="error" role="alert" title={explainAuth(verify.error)} showIcon /> : null}
        <Form.Item name="code" label={backup ? t('second.backupCode') : t('second.code')}>
          <Input
            key={String(backup)}

            autoComplete="one-time-code"
            inputMode={backup ? 'text' : 'numeric'}
            maxLength={backup ? 20 : 7}
            style={{ fontSize: 20, letterSpacing: 4, fontVariantNumeric: 'tabular-nums' }}
          />
        </Form.Item>
        <Form.Item name="trust" valuePropName="checked">
          <Checkbox>{t('second.trust')}</Checkbox>
        </Form.Item>
        <Button type="primary" htmlType="submit" block loading={verify.isPending}>
          {t('second.submit')}
        </Button>
      </Form>
      <div className="q-entry-links">
        <Button type="link" size="small" style={{ padding: 0 }} onClick={swap}>
          {backup ? t('second.useTotp') : t('second.useBackup')}
        </Button>
        <Button type="link" size="small" style={{ padding: 0 }} onClick={onBack}>
          {t('second.back')}
        </Button>
        {backup ? <span style={{ color: 'var(--q-text-2)' }}>{t('second.lost')}</span> : null}
      </div>
    </EntryPage>
  )
}
