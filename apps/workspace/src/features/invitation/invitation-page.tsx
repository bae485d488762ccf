import { acceptInvitation, readInvitation, updateMe } from '@qiao/protocol'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import { Alert, Button, Form, Input, Skeleton } from 'antd'
import { ApiError, call } from '../../shared/api.ts'
import { useAppearance } from '../../shared/appearance.ts'
import { signIn } from '../../shared/auth.ts'
import { explainAuth } from '../../shared/auth-words.ts'
import { EntryPage } from '../../shared/entry-page.tsx'
import { ErrorState } from '../../shared/error-state.tsx'
import { useWords } from '../../shared/i18n.ts'
import { useEnter } from '../../shared/use-enter.ts'
import { words } from './words.ts'

const isDead = (error: unknown): boolean =>
  error instanceof ApiError && ['invitation-invalid', 'invalid-input', 'not-found'].includes(error.code)

export function InvitationPage() {
  const t = useWords(words)
  const enter = useEnter()
  const { language } = useAppearance()
  const token = String(useSearch({ strict: false }).token ?? '')
  const offer = useQuery({
    queryKey: ['invitation', token],
    queryFn: ({ signal }) => call(readInvitation, { body: { token } }, { signal }),
  })
  const accept = useMutation({
    mutationFn: async ({ name, password }: { name: string; password: string }) => {
      await call(acceptInvitation, { body: { token, name, password } })
      await signIn(offer.data?.email ?? '', password, true)
      // The account begins in the company's language; whoever reads this page in another one goes on in it.
      await call(updateMe, { body: { preferences: { language } } }).catch(() => undefined)
    },
    onSuccess: () => enter('/'),
  })
  if (isDead(offer.error) || isDead(accept.error)) {
    return (
      <EntryPage title={t('invalid')} intro={t('invalidText')}>
        <Link to="/sign-in">{t('toSignIn')}</Link>
      </EntryPage>
    )
  }
  if (!offer.data) {
    return (
      <EntryPage title="…">
        {offer.isError ? <ErrorState error={offer.error} onRetry={() => void offer.refetch()} /> : <Skeleton active />}
      </EntryPage>
    )
  }
  const { email, organisationName, role } = offer.data
  return (
    <EntryPage
      title={t('title', { organisation: organisationName })}
      intro={t('intro', { role: t(`role.${role}`), email })}
    >
      <Form
        layout="vertical"
        requiredMark={false}
        validateTrigger="onBlur"
        onFinish={(fields: { name: string; password: string }) => accept.mutate(fields)}
      >
        {/* Password managers keep the pair only when they can see the name. */}
        <input type="email" autoComplete="username" value={email} readOnly hidden />
        <Form.Item
          name="name"
          label={t('name')}
          extra={t('nameHint')}
          rules={[{ required: true, whitespace: true, message: t('missing') }]}
        >
          <Input maxLength={100} autoComplete="name" />
        </Form.Item>
        <Form.Item
          name="password"
          label={t('password')}
          extra={t('passwordHint')}
          rules={[
            { required: true, message: t('missing') },
            { min: 10, message: t('passwordShort') },
          ]}
        >
          <Input.Password autoComplete="new-password" maxLength={200} />
        </Form.Item>
        {accept.isError ? <Alert type="error" role="alert" title={explainAuth(accept.error)} showIcon /> : null}
        <Button type="primary" htmlType="submit" block loading={accept.isPending}>
          {t('submit')}
        </Button>
      </Form>
    </EntryPage>
  )
}
