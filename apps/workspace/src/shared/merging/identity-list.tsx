import type { OutputOf, readContact } from '@qiao/protocol'
import { ChannelIcon } from '../channel-icon.tsx'
import { useWords } from '../i18n.ts'
import { useInboxes } from '../staff.ts'
import { UnreachableLine } from './unreachable-line.tsx'
import { mergingWords } from './words.ts'

type Identity = OutputOf<typeof readContact>['identities'][number]
/** So many the server gives at most. */
const most = 50

interface IdentityListProps {
  identities: readonly Identity[]
  /** Where an address that did not work can be tried again. */
  contactId?: string
}

/** By which ways the person reaches us. */
export function IdentityList({ identities, contactId }: IdentityListProps) {
  const t = useWords(mergingWords)
  const inboxes = new Map(useInboxes().map((inbox) => [inbox.id, inbox]))
  if (identities.length === 0) return <p className="q-merging-note">{t('noIdentities')}</p>
  const shown = (address: string): string =>
    /^(anonymous|contact|demo):/.test(address) ? t('anonymous') : address.replace(/^user:/u, '')
  return (
    <>
      <ul className="q-identities" aria-label={t('identities')}>
        {identities.map(({ id, inboxId, address, verified, unreachable }) => (
          <li key={id}>
            <ChannelIcon channel={inboxes.get(inboxId)?.channel ?? ''} />
            <span className="q-identity">
              <span>{inboxes.get(inboxId)?.name ?? ''}</span>
              <span className="q-merging-note">
                {shown(address)}
                {verified ? ` · ${t('verified')}` : ''}
              </span>
              {unreachable ? <UnreachableLine identityId={id} contactId={contactId} problem={unreachable} /> : null}
            </span>
          </li>
        ))}
      </ul>
      {identities.length >= most ? <p className="q-merging-note">{t('moreIdentities', { count: most })}</p> : null}
    </>
  )
}
