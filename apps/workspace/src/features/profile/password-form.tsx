import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Form, Input } from 'antd'
import { changePassword } from '../../shared/auth.ts'
import { explainAuth } from '../../shared/auth-words.ts'
import { useWords } from '../../shared/i18n.ts'
import { Section } from '../../shared/page-frame.tsx'
import { useMe } from '../../shared/session.ts'
import { useFeedback } from '../../shared/use-feedback.ts'
import { devicesKey } from './devices-query.ts'
import { securityWords } from './security-words.ts'

interface Fields {
  current: string
  next: string
  repeat: string
}

export function PasswordForm() {
  const t = useWords(securityWords)
  const me = useMe()
  const client = useQueryClient()
  const feedback = useFeedback()
  const [form] = Form.useForm<Fields>()
  const change = useMutation({
    mutationFn: ({ current, next }: Fields) => changePassword(current, next),
    onSuccess: async () => {
      form.resetFields()
      feedback.done(t('password.done'))
      await client.invalidateQueries({ queryKey: devicesKey })
    },
  })
  const missing = { required: true, message: t('password.missing') }
  return (
    <Section title={t('password.title')} hint={t('password.others')}>
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        validateTrigger="onBlur"
        onFinish={(fields: Fields) => change.mutate(fields)}
        style={{ maxWidth: 520 }}
      >
        <input type="email" autoComplete="username" value={me.email} readOnly hidden />
        {change.isError ? (
          <Alert type="error" role="alert" title={explainAuth(change.error)} showIcon style={{ marginBlockEnd: 16 }} />
        ) : null}
        <Form.Item name="current" label={t('password.current')} rules={[missing]}>
          <Input.Password autoComplete="current-password" maxLength={200} />
        </Form.Item>
        <Form.Item
          name="next"
          label={t('password.next')}
          extra={t('password.nextHint')}
          dependencies={['current']}
          rules={[
            missing,
            { min: 10, message: t('password.short') },
            ({ getFieldValue }) => ({
              validator: (_, value: unknown) =>
                value && value === getFieldValue('current')
                  ? Promise.reject(new Error(t('password.same')))
                  : Promise.resolve(),
            }),
          ]}
        >
          <Input.Password autoComplete="new-password" maxLength={200} />
        </Form.Item>
        <Form.Item
          name="repeat"
          label={t('password.repeat')}
          dependencies={['next']}
          rules={[
            missing,
            ({ getFieldValue }) => ({
              validator: (_, value: unknown) =>
                !value || value === getFieldValue('next')
                  ? Promise.resolve()
                  : Promise.reject(new Error(t('password.differ'))),
            }),
          ]}
        >
          <Input.Password autoComplete="new-password" maxLength={200} />
        </Form.Item>
        <Button htmlType="submit" loading={change.isPending}>
          {t('password.submit')}
        </Button>
      </Form>
    </Section>
  )
}
