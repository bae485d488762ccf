import { useMutation } from '@tanstack/react-query'
import { Alert, Button, Form, Input } from 'antd'
import { explainAuth } from '../../shared/auth-words.ts'
import { useWords } from '../../shared/i18n.ts'
import { useMe } from '../../shared/session.ts'
import { securityWords } from './security-words.ts'

interface Props {
  hint?: string | undefined
  submit: string
  danger: boolean
  onConfirm: (password: string) => Promise<void>
}

export function ConfirmPassword({ hint, submit, danger, onConfirm }: Props) {
  const t = useWords(securityWords)
  const me = useMe()
  const confirm = useMutation({ mutationFn: onConfirm })
  return (
    <Form
      layout="vertical"
      requiredMark={false}
      onFinish={({ password }: { password: string }) => confirm.mutate(password)}
    >
      <input type="email" autoComplete="username" value={me.email} readOnly hidden />
      <p>
        {hint} {t('second.confirmPassword')}
      </p>
      {confirm.isError ? (
        <Alert type="error" role="alert" title={explainAuth(confirm.error)} showIcon style={{ marginBlockEnd: 16 }} />
      ) : null}
      <Form.Item
        name="password"
        label={t('second.password')}
        rules={[{ required: true, message: t('password.missing') }]}
      >
        <Input.Password autoComplete="current-password" maxLength={200} />
      </Form.Item>
      <Button type="primary" danger={danger} htmlType="submit" loading={confirm.isPending}>
        {submit}
      </Button>
    </Form>
  )
}
