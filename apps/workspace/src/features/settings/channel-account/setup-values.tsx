import type { ChannelAccount, ChannelInfo } from '@qiao/protocol'
import { CopyBox } from '../../../shared/copy-box.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { Section } from '../../../shared/page-frame.tsx'
import { worded } from '../../../shared/worded.ts'
import { words as accountWords } from './words.ts'

/** What the administrator copies into the provider's pages. */
export function SetupValues({ account, info }: { account: ChannelAccount; info: ChannelInfo }) {
  const t = useWords(accountWords)
  const { setup, callbackUrl } = account
  const told = setup.some(({ value }) => value === callbackUrl)
  const values = setup.map(({ label, value }) => ({ label: worded(label), value }))
  // A provider that we tell ourselves needs nothing copied.
  const shown =
    told || !info.called || info.connects ? values : [{ label: t('callback'), value: callbackUrl }, ...values]
  if (shown.length === 0) return null
  return (
    <Section title={t('setup')} hint={account.config ? t('setupHint') : t('setupFirst')}>
      {shown.map(({ label, value }) => (
        <div key={label} className="q-field">
          <span className="q-field-label">{label}</span>
          <CopyBox text={value} label={label} />
        </div>
      ))}
    </Section>
  )
}
