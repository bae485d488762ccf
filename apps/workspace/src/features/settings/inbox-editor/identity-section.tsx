import { Select } from 'antd'
import { CopyBox } from '../../../shared/copy-box.tsx'
import { FormField, SwitchField } from '../../../shared/form-field.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { Section } from '../../../shared/page-frame.tsx'
import { RadioField } from '../../../shared/radio-field.tsx'
import { identityBrowserExample, identityServerExample } from './embed-code.ts'
import { IdentitySecrets } from './identity-secrets.tsx'
import { identityWords } from './identity-words.ts'
import type { SectionProps } from './section-props.ts'
import { signInWords } from './sign-in-words.ts'
import { StaffSignIn } from './staff-sign-in.tsx'

/** What people paste is an address; what is stored is a domain. */
const toDomain = (typed: string): string => {
  const text = typed.trim().toLowerCase()
  return /^https?:\/\//.test(text) && URL.canParse(text) ? new URL(text).host : text
}

export function IdentitySection(props: SectionProps) {
  const { inbox, draft, problems, readOnly, onSettings } = props
  const t = useWords(identityWords)
  const s = useWords(signInWords)
  const { allowedDomains, audience } = draft.settings
  const wrong = allowedDomains.find((_, index) => problems.has(`allowedDomains.${index}`))
  return (
    <>
      <Section>
        <RadioField
          label={s('audience')}
          value={audience}
          options={(['customers', 'staff'] as const).map((value) => ({
            value,
            label: s(`audience.${value}`),
            hint: s(`audience.${value}Hint`),
          }))}
          onChange={(next) => onSettings({ audience: next })}
        />
      </Section>
      {audience === 'customers' ? <CustomerIdentity {...props} /> : null}
      {audience === 'staff' && !readOnly ? <StaffSignIn inboxId={inbox.id} /> : null}
      <Section>
        <FormField
          label={t('domains')}
          hint={audience === 'staff' ? s('domainsOfStaff') : t('domainsHint')}
          error={wrong ? t('domainProblem', { domain: wrong }) : null}
        >
          {({ id }) => (
            <Select
              id={id}
              mode="tags"
              open={false}
              suffixIcon={null}
              value={allowedDomains}
              tokenSeparators={[',', ' ', '，', '\n']}
              placeholder="example.com"
              onChange={(domains: string[]) => onSettings({ allowedDomains: [...new Set(domains.map(toDomain))] })}
            />
          )}
        </FormField>
      </Section>
    </>
  )
}

/** Customers of a site with a sign-in of its own, whose tokens it signs. */
function CustomerIdentity({ inbox, draft, readOnly, onSettings }: SectionProps) {
  const t = useWords(identityWords)
  return (
    <>
      <Section title={t('title')} hint={t('intro')}>
        <SwitchField
          label={t('required')}
          hint={t('requiredHint')}
          checked={draft.settings.identity.required}
          disabled={readOnly}
          onChange={(required) => onSettings({ identity: { required } })}
        />
      </Section>
      {readOnly ? null : <IdentitySecrets inboxId={inbox.id} />}
      <Section title={t('server')}>
        <CopyBox text={identityServerExample} label={t('server')} />
      </Section>
      <Section title={t('browser')}>
        <CopyBox text={identityBrowserExample} label={t('browser')} />
      </Section>
    </>
  )
}
