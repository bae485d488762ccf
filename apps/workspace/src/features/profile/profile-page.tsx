import { useWords } from '../../shared/i18n.ts'
import { PageFrame, Section } from '../../shared/page-frame.tsx'
import { Devices } from './devices.tsx'
import { Look } from './look.tsx'
import { PasswordForm } from './password-form.tsx'
import { Person } from './person.tsx'
import { Reminders } from './reminders.tsx'
import { Signature } from './signature.tsx'
import { TwoFactor } from './two-factor.tsx'
import { words } from './words.ts'

export function ProfilePage() {
  const t = useWords(words)
  return (
    <PageFrame title={t('title')}>
      <Section title={t('sections.person')}>
        <Person />
      </Section>
      <Section title={t('sections.signature')}>
        <Signature />
      </Section>
      <Section title={t('sections.look')} hint={t('look.instant')}>
        <Look />
      </Section>
      <Section title={t('sections.reminders')}>
        <Reminders />
      </Section>
      <TwoFactor />
      <PasswordForm />
      <Section title={t('sections.devices')}>
        <Devices />
      </Section>
    </PageFrame>
  )
}
