import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Alert, Button, Form, Input } from 'antd'
import { requestPasswordReset } from '../../shared/auth.ts'
import { explainAuth } from '../../shared/auth-words.ts'
import { EntryPage } from '../../shared/entry-page.tsx'
import { useWords } from '../../shared/i18n.ts'
import { words } from './words.ts'

export function RequestLink() {
  const t = useWords(words)
  const request = useMutation({ mutationFn: (email: string) => requestPasswordReset(email) })
  const back = (
    <div className="q-entry-links">
      <Link to="/sign-in">{t('back')}</Link>
    </div>
  )
  if (request.isSuccess) {
    return (
      <EntryPage title={t('sent')} intro={t('sentText', { email: request.variables })}>
        <Button onClick={() => request.reset()}>{t('again')}</Button>
        {back}
      </EntryPage>
    )
  }
  return (
    <EntryPage title={t('title')} intro={t('intro')}>
      <Form
        layout="vertical"
        requiredMark={false}
        validateTrigger="onBlur"
        onFinish={({ email }: { email: string }) => request.mutate(email.trim())}
      >
        {request.isError ? <Alert type="error" role="alert" title={explainAuth(request.error)} showIcon /> : null}
        <Form.Item
          name="email"
          label={t('email')}
          rules={[
            { required: true, message: t('missing') },
            { type: 'email', message: t('emailInvalid') },
          ]}
        >
          <Input type="email" autoComplete="username" inputMode="email" />
        </Form.Item>
        <Button type="primary" htmlType="submit" block loading={request.isPending}>
          {t('submit')}
        </Button>
      </Form>
      {back}
    </EntryPage>
  )
}
