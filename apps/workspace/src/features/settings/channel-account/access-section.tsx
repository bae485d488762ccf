import { beginChannelAccess, type ChannelAccount } from '@qiao/protocol'
import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { call } from '../../../shared/api.ts'
import { CopyBox } from '../../../shared/copy-box.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { Section } from '../../../shared/page-frame.tsx'
import { useFeedback } from '../../../shared/use-feedback.ts'
import { worded } from '../../../shared/worded.ts'
import { accessWords } from './access-words.ts'

interface AccessSectionProps {
  inboxId: string
  authorisation: NonNullable<ChannelAccount['authorisation']>
  dirty: boolean
}

/** Grants access by signing in at the provider; the browser leaves for it and comes back to `AccessPage`. */
export function AccessSection({ inboxId, authorisation, dirty }: AccessSectionProps) {
  const t = useWords(accessWords)
  const feedback = useFeedback()
  const { ready, granted, redirectUri } = authorisation
  const provider = worded(authorisation.provider)
  const begin = useMutation({
    mutationFn: () => call(beginChannelAccess, { params: { id: inboxId } }),
    onSuccess: ({ url }) => window.location.assign(url),
    onError: feedback.failed,
  })
  return (
    <Section title={t('title', { provider })} hint={t('hint', { provider })}>
      <div className="q-field">
        <span className="q-field-label">{t('redirectUri')}</span>
        <CopyBox text={redirectUri} label={t('redirectUri')} />
      </div>
      <div className="st-actions">
        <Button
          {...(granted ? {} : { type: 'primary' as const })}
          disabled={dirty || !ready}
          loading={begin.isPending}
          onClick={() => begin.mutate()}
        >
          {t('signIn', { provider })}
        </Button>
      </div>
      <p className="q-quiet">
        {dirty ? t('saveFirst') : !ready ? t('fillFirst') : granted ? t('granted') : t('notYet')}
      </p>
    </Section>
  )
}
