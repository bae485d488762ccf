import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Alert, Button, Form, Input } from 'antd'
import { AuthError, resetPassword } from '../../shared/auth.ts'
import { explainAuth } from '../../shared/auth-words.ts'
import { EntryPage } from '../../shared/entry-page.tsx'
import { useWords } from '../../shared/i18n.ts'
import { words } from './words.ts'

export function ChoosePassword({ token }: { token: string }) {
  const t = useWords(words)
  const reset = useMutation({ mutationFn: (password: string) => resetPassword(token, password) })
  if (reset.isSuccess) {
    return (
      <EntryPage title={t('done')} intro={t('doneText')}>
        <Link to="/sign-in">{t('toSignIn')}</Link>
      </EntryPage>
    )
  }
  if (reset.error instanceof AuthError && reset.error.code === 'link-invalid') {
    return (
      <EntryPage title={t('invalid')} intro={t('invalidText')}>
        <Link to="/reset-password" search={{}} onClick={() => reset.reset()}>
          {t('requestAgain')}
        </Link>
      </EntryPage>
    )
  }
  return (
    <EntryPage title={t('chooseTitle')}>
      <Form
        layout="vertical"
        requiredMark={false}
        validateTrigger="onBlur"
        onFinish={({ password }: { password: string }) => reset.mutate(password)}
      >
        {reset.isError ? <Alert type="error" role="alert" title={explainAuth(reset.error)} showIcon /> : null}
        <Form.Item
          name="password"
          label={t('newPassword')}
          extra={t('passwordHint')}
          rules={[
            { required: true, message: t('missing') },
            { min: 10, message: t('passwordShort') },
          ]}
        >
          <Input.Password autoComplete="new-password" maxLength={200} />
        </Form.Item>
        <Form.Item
          name="repeat"
          label={t('repeat')}
          dependencies={['password']}
          rules={[
            { required: true, message: t('missing') },
            ({ getFieldValue }) => ({
              validator: (_, value: unknown) =>
                value === undefined || value === getFieldValue('password')
                  ? Promise.resolve()
                  : Promise.reject(new Error(t('differ'))),
            }),
          ]}
        >
          <Input.Password autoComplete="new-password" maxLength={200} />
        </Form.Item>
        <Button type="primary" htmlType="submit" block loading={reset.isPending}>
          {t('save')}
        </Button>
      </Form>
    </EntryPage>
  )
}
