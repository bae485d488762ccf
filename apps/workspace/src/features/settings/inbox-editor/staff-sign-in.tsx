import { checkSignIn, readSignIn } from '@qiao/protocol'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { call } from '../../../shared/api.ts'
import { CopyBox } from '../../../shared/copy-box.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { Load } from '../../../shared/load.tsx'
import { Section } from '../../../shared/page-frame.tsx'
import { useFeedback } from '../../../shared/use-feedback.ts'
import { FindingList } from '../channel-account/finding-list.tsx'
import { SignInPanel } from './sign-in-panel.tsx'
import { signInWords } from './sign-in-words.ts'

/** How the company's own staff sign in: what is saved, what the provider has to know of us, and whether it works. */
export function StaffSignIn({ inboxId }: { inboxId: string }) {
  const t = useWords(signInWords)
  const client = useQueryClient()
  const feedback = useFeedback()
  const params = { id: inboxId }
  const queryKey = ['inboxes', inboxId, 'sign-in']
  const [open, setOpen] = useState(false)
  const signIn = useQuery({ queryKey, queryFn: ({ signal }) => call(readSignIn, { params }, { signal }) })
  const check = useMutation({ mutationFn: () => call(checkSignIn, { params }), onError: feedback.failed })
  return (
    <Section title={t('title')} hint={t('intro')}>
      <Load query={signIn}>
        {(saved) => (
          <>
            <div className="q-field">
              <span className="q-field-label">{t('callback')}</span>
              <CopyBox text={saved.callbackUrl} label={t('callback')} />
              <span className="q-field-hint">{t('callbackHint')}</span>
            </div>
            {saved.fields ? (
              <dl className="st-facts">
                <dt>{t('issuer')}</dt>
                <dd>{saved.fields.issuer}</dd>
                <dt>{t('clientId')}</dt>
                <dd>{saved.fields.clientId}</dd>
              </dl>
            ) : (
              <p className="q-quiet">{t('unset')}</p>
            )}
            <div className="st-actions">
              <Button type={saved.fields ? 'default' : 'primary'} onClick={() => setOpen(true)}>
                {saved.fields ? t('change') : t('setUp')}
              </Button>
              {saved.fields ? (
                <Button loading={check.isPending} onClick={() => check.mutate()}>
                  {t('check')}
                </Button>
              ) : null}
            </div>
            <div aria-live="polite">
              {check.data && !check.isPending ? <FindingList findings={check.data.findings} /> : null}
            </div>
            {open ? (
              <SignInPanel
                inboxId={inboxId}
                saved={saved}
                onSaved={async () => {
                  check.reset()
                  await client.invalidateQueries({ queryKey })
                }}
                onClose={() => setOpen(false)}
              />
            ) : null}
          </>
        )}
      </Load>
    </Section>
  )
}
