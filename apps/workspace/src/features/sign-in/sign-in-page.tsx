import { readSetup } from '@qiao/protocol'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link, Navigate, useSearch } from '@tanstack/react-router'
import { Alert, Button, Checkbox, Form, Input } from 'antd'
import { useState } from 'react'
import { call } from '../../shared/api.ts'
import { signIn } from '../../shared/auth.ts'
import { explainAuth } from '../../shared/auth-words.ts'
import { EntryPage } from '../../shared/entry-page.tsx'
import { useWords } from '../../shared/i18n.ts'
import { useEnter } from '../../shared/use-enter.ts'
import { SecondStep } from './second-step.tsx'
import { words } from './words.ts'

interface Fields {
  email: string
  password: string
  remember: boolean
}

export function SignInPage() {
  const t = useWords(words)
  const { next } = useSearch({ strict: false })
  const enter = useEnter()
  const [secondStep, setSecondStep] = useState(false)
  const setup = useQuery({ queryKey: ['setup'], queryFn: ({ signal }) => call(readSetup, {}, { signal }) })
  const attempt = useMutation({
    mutationFn: (fields: Fields) => signIn(fields.email, fields.password, fields.remember),
    onSuccess: (outcome) => {
      if (outcome === 'second-step') setSecondStep(true)
      else void enter(next)
    },
  })
  if (setup.data?.needed) return <Navigate to="/setup" replace />
  if (secondStep) {
    const back = () => {
      attempt.reset()
      setSecondStep(false)
    }
    return <SecondStep onVerified={() => void enter(next)} onBack={back} />
  }
  const organisation = setup.data?.organisationName
  return (
    <EntryPage title={organisation ? t('titleOf', { organisation }) : t('title')}>
      <Form<Fields>
        layout="vertical"
        requiredMark={false}
        initialValues={{ remember: true }}
        validateTrigger="onBlur"
        onFinish={(fields) => attempt.mutate(fields)}
      >
        {attempt.isError ? <Alert type="error" role="alert" title={explainAuth(attempt.error)} showIcon /> : null}
        <Form.Item
          name="email"
          label={t('email')}
          rules={[
            { required: true, message: t('emailMissing') },
            { type: 'email', message: t('emailInvalid') },
          ]}
        >
          <Input type="email" autoComplete="username" inputMode="email" />
        </Form.Item>
        <Form.Item name="password" label={t('password')} rules={[{ required: true, message: t('passwordMissing') }]}>
          <Input.Password autoComplete="current-password" />
        </Form.Item>
        <Form.Item name="remember" valuePropName="checked">
          <Checkbox>{t('remember')}</Checkbox>
        </Form.Item>
        <Button type="primary" htmlType="submit" block loading={attempt.isPending}>
          {t('submit')}
        </Button>
      </Form>
      <div className="q-entry-links">
        <Link to="/reset-password">{t('forgot')}</Link>
      </div>
    </EntryPage>
  )
}
