import type { ChannelAccount, ChannelInfo } from '@qiao/protocol'
import { useWords } from '../../../shared/i18n.ts'
import { Section } from '../../../shared/page-frame.tsx'
import { GuideLink } from '../channels/guide-link.tsx'
import { AccessEnds } from './access-ends.tsx'
import { AccessSection } from './access-section.tsx'
import { CheckPanel } from './check-panel.tsx'
import { ConfigForm } from './config-form.tsx'
import { OldSecrets } from './old-secrets.tsx'
import { SetupValues } from './setup-values.tsx'
import type { AccountEditor } from './use-account-draft.ts'
import { words as accountWords } from './words.ts'

interface ConnectionSectionProps {
  inboxId: string
  info: ChannelInfo
  account: ChannelAccount
  editor: AccountEditor
}

export function ConnectionSection({ inboxId, info, account, editor }: ConnectionSectionProps) {
  const t = useWords(accountWords)
  const waits = editor.dirty ? 'dirty' : account.config === null ? 'unset' : null
  return (
    <>
      <Section
        title={t('account')}
        hint={
          <>
            {account.config === null ? t('accountFirst') : t('accountHint')} <GuideLink info={info} />
          </>
        }
      >
        <ConfigForm editor={editor} secretsSet={account.secretsSet} />
        <OldSecrets account={account} editor={editor} />
        {account.access ? <AccessEnds access={account.access} /> : null}
      </Section>
      {account.authorisation ? (
        <AccessSection inboxId={inboxId} authorisation={account.authorisation} dirty={editor.dirty} />
      ) : null}
      <SetupValues account={account} info={info} />
      <CheckPanel key={account.version} inboxId={inboxId} info={info} waits={waits} />
    </>
  )
}
