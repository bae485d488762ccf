import { completeSetup, readSetup } from '@qiao/protocol'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Alert, Button, Form, Input, Select } from 'antd'
import { call } from '../../shared/api.ts'
import { setAppearance, useAppearance } from '../../shared/appearance.ts'
import { signIn } from '../../shared/auth.ts'
import { explainAuth } from '../../shared/auth-words.ts'
import { EntryPage } from '../../shared/entry-page.tsx'
import { useWords } from '../../shared/i18n.ts'
import { TimeZoneSelect, localTimeZone } from '../../shared/time-zone-select.tsx'
import { useEnter } from '../../shared/use-enter.ts'
import { words } from './words.ts'

interface Fields {
  organisationName: string
  name: string
  email: string
  password: string
  timeZone: string
}

export function SetupPage() {
  const t = useWords(words)
  const enter = useEnter()
  const { language } = useAppearance()
  const setup = useQuery({ queryKey: ['setup'], queryFn: ({ signal }) => call(readSetup, {}, { signal }) })
  const make = useMutation({
    mutationFn: async (fields: Fields) => {
      await call(completeSetup, { body: { ...fields, language } })
      await signIn(fields.email, fields.password, true)
    },
    onSuccess: () => enter('/settings/inboxes'),
  })
  if (setup.data && !setup.data.needed && !make.isPending && !make.isSuccess) {
    return (
      <EntryPage title={t('already')} intro={t('alreadyText')}>
        <Link to="/sign-in">{t('toSignIn')}</Link>
      </EntryPage>
    )
  }
  const missing = { required: true, whitespace: true, message: t('missing') }
  return (
    <EntryPage title={t('title')} intro={t('intro')}>
      <Form<Fields>
        layout="vertical"
        requiredMark={false}
        validateTrigger="onBlur"
        initialValues={{ timeZone: localTimeZone() }}
        onFinish={(fields) => make.mutate(fields)}
      >
        <Form.Item
          name="organisationName"
          label={t('organisationName')}
          extra={t('organisationHint')}
          rules={[missing]}
        >
          <Input maxLength={100} autoComplete="organization" />
        </Form.Item>
        <Form.Item name="name" label={t('name')} rules={[missing]}>
          <Input maxLength={100} autoComplete="name" />
        </Form.Item>
        <Form.Item
          name="email"
          label={t('email')}
          extra={t('emailHint')}
          rules={[missing, { type: 'email', message: t('emailInvalid') }]}
        >
          <Input type="email" autoComplete="username" inputMode="email" />
        </Form.Item>
        <Form.Item
          name="password"
          label={t('password')}
          extra={t('passwordHint')}
          rules={[missing, { min: 10, message: t('passwordShort') }]}
        >
          <Input.Password autoComplete="new-password" maxLength={200} />
        </Form.Item>
        <Form.Item label={t('language')} htmlFor="setup-language">
          <Select
            id="setup-language"
            value={language}
            onChange={(next) => setAppearance({ language: next })}
            options={[
              { value: 'zh-CN', label: '简体中文' },
              { value: 'en', label: 'English' },
            ]}
          />
        </Form.Item>
        <Form.Item name="timeZone" label={t('timeZone')} extra={t('timeZoneHint')}>
          <TimeZoneSelect />
        </Form.Item>
        {make.isError ? <Alert type="error" role="alert" title={explainAuth(make.error)} showIcon /> : null}
        <Button type="primary" htmlType="submit" block loading={make.isPending}>
          {t('submit')}
        </Button>
      </Form>
    </EntryPage>
  )
}
