import { useMutation, useQuery } from '@tanstack/react-query'
import { Alert, Button, Form, Input, Skeleton } from 'antd'
import { verifyTotp } from '../../shared/auth.ts'
import { explainAuth } from '../../shared/auth-words.ts'
import { CopyBox } from '../../shared/copy-box.tsx'
import { part } from '../../shared/part.ts'
import { useWords } from '../../shared/i18n.ts'
import { securityWords } from './security-words.ts'

const drawQr = async (text: string): Promise<string> => {
  const { toDataURL } = await part(() => import('qrcode'))()
  return toDataURL(text, { errorCorrectionLevel: 'M', margin: 2, width: 400 })
}
const secretOf = (uri: string): string => new URL(uri).searchParams.get('secret') ?? ''

export function TotpEnrol({ uri, onVerified }: { uri: string; onVerified: () => void }) {
  const t = useWords(securityWords)
  // The secret must not outlive the panel in any cache.
  const qr = useQuery({
    queryKey: ['totp-qr', uri],
    queryFn: () => drawQr(uri),
    gcTime: 0,
    retry: false,
    throwOnError: true,
  })
  const verify = useMutation({ mutationFn: (code: string) => verifyTotp(code), onSuccess: onVerified })
  return (
    <>
      <p>{t('second.scan')}</p>
      {qr.data ? (
        <img src={qr.data} alt={t('second.qrAlt')} width={200} height={200} style={{ borderRadius: 8 }} />
      ) : (
        <Skeleton.Node active style={{ width: 200, height: 200 }} />
      )}
      <p className="q-quiet">{t('second.manual')}</p>
      <CopyBox text={secretOf(uri)} label={t('second.copySecret')} />
      <Form
        layout="vertical"
        requiredMark={false}
        onFinish={({ code }: { code: string }) => verify.mutate(code.replaceAll(/\D/g, ''))}
      >
        {verify.isError ? (
          <Alert type="error" role="alert" title={explainAuth(verify.error)} showIcon style={{ marginBlockEnd: 16 }} />
        ) : null}
        <Form.Item name="code" label={t('second.code')} rules={[{ required: true, message: t('password.missing') }]}>
          <Input
            autoComplete="one-time-code"
            inputMode="numeric"
            maxLength={7}
            style={{ width: 160, fontSize: 18, letterSpacing: 4, fontVariantNumeric: 'tabular-nums' }}
          />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={verify.isPending}>
          {t('second.verify')}
        </Button>
      </Form>
    </>
  )
}
