import { useQueryClient } from '@tanstack/react-query'
import { Button, Drawer } from 'antd'
import { useState } from 'react'
import { disableTwoFactor, enableTwoFactor, newBackupCodes } from '../../shared/auth.ts'
import { useWords } from '../../shared/i18n.ts'
import { Section } from '../../shared/page-frame.tsx'
import { meQuery, useMe } from '../../shared/session.ts'
import { useFeedback } from '../../shared/use-feedback.ts'
import { BackupCodes } from './backup-codes.tsx'
import { ConfirmPassword } from './confirm-password.tsx'
import { securityWords } from './security-words.ts'
import { TotpEnrol } from './totp-enrol.tsx'

type Step =
  | { at: 'password'; want: 'enable' | 'disable' | 'codes' }
  | { at: 'scan'; uri: string; codes: string[] }
  | { at: 'codes'; codes: string[] }

/** Turning it on takes three steps in a panel: password, code of the app, backup codes kept. */
export function TwoFactor() {
  const t = useWords(securityWords)
  const me = useMe()
  const client = useQueryClient()
  const feedback = useFeedback()
  const [step, setStep] = useState<Step | null>(null)
  const on = me.twoFactorEnabled
  const refresh = () => client.invalidateQueries({ queryKey: meQuery.queryKey })
  const ask = (want: 'enable' | 'disable' | 'codes') => () => setStep({ at: 'password', want })
  const confirmed = async (want: 'enable' | 'disable' | 'codes', password: string): Promise<void> => {
    if (want === 'enable') {
      const { uri, backupCodes } = await enableTwoFactor(password)
      setStep({ at: 'scan', uri, codes: backupCodes })
    } else if (want === 'codes') {
      setStep({ at: 'codes', codes: await newBackupCodes(password) })
    } else {
      await disableTwoFactor(password)
      setStep(null)
      feedback.done(t('second.disabled'))
      await refresh()
    }
  }
  const titles = { enable: t('second.enable'), disable: t('second.disable'), codes: t('second.newCodes') }
  const title =
    step?.at === 'password' ? titles[step.want] : step?.at === 'codes' ? t('second.codesTitle') : titles.enable
  return (
    <Section title={t('second.title')} hint={on ? t('second.on') : t('second.off')}>
      <div style={{ display: 'flex', flexWrap: 'wrap', gap: 8 }}>
        {on ? (
          <>
            <Button onClick={ask('codes')}>{t('second.newCodes')}</Button>
            <Button danger onClick={ask('disable')}>
              {t('second.disable')}
            </Button>
          </>
        ) : (
          <Button type="primary" onClick={ask('enable')}>
            {t('second.enable')}
          </Button>
        )}
      </div>
      <Drawer
        title={title}
        open={step !== null}
        size={440}
        // The codes are shown once: a stray click beside the panel must not lose them.
        mask={{ closable: step?.at === 'password' }}
        keyboard={step?.at === 'password'}
        onClose={() => setStep(null)}
        destroyOnHidden
      >
        {step?.at === 'password' ? (
          <ConfirmPassword
            hint={step.want === 'disable' ? t('second.disableText') : undefined}
            submit={step.want === 'disable' ? titles.disable : t('second.next')}
            danger={step.want === 'disable'}
            onConfirm={(password) => confirmed(step.want, password)}
          />
        ) : null}
        {step?.at === 'scan' ? (
          <TotpEnrol
            uri={step.uri}
            onVerified={() => {
              setStep({ at: 'codes', codes: step.codes })
              feedback.done(t('second.enabled'))
              void refresh()
            }}
          />
        ) : null}
        {step?.at === 'codes' ? <BackupCodes codes={step.codes} onKept={() => setStep(null)} /> : null}
      </Drawer>
    </Section>
  )
}
