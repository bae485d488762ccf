import { saveSignIn, type SignIn, signInFields } from '@qiao/protocol'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../../shared/api.ts'
import { SwitchField } from '../../../shared/form-field.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { Section } from '../../../shared/page-frame.tsx'
import { TextField } from '../../../shared/text-field.tsx'
import { useFeedback } from '../../../shared/use-feedback.ts'
import { SecretField } from '../channel-account/secret-field.tsx'
import { FormPanel } from '../parts/form-panel.tsx'
import { NumberField } from '../parts/number-field.tsx'
import { useProblemWords } from '../parts/use-problem-words.ts'
import { words as settingsWords } from '../words.ts'
import { type SignInDraft, signInDraftOf, signInFieldsOf, signInProblems } from './sign-in-draft.ts'
import { signInWords } from './sign-in-words.ts'

interface SignInPanelProps {
  inboxId: string
  saved: SignIn
  onSaved: () => Promise<void>
  onClose: () => void
}

/** Everything that an administrator has to say about the provider of the company's staff. */
export function SignInPanel({ inboxId, saved, onSaved, onClose }: SignInPanelProps) {
  const t = useWords(signInWords)
  const s = useWords(settingsWords)
  const feedback = useFeedback()
  const [draft, setDraft] = useState(() => signInDraftOf(saved.fields))
  const problems = signInProblems(draft)
  const problem = useProblemWords(problems)
  const change = (part: Partial<SignInDraft>): void => setDraft({ ...draft, ...part })
  const saving = useMutation({
    mutationFn: () => {
      const fields = signInFields.parse(signInFieldsOf(draft))
      const secret = draft.secret === '' ? undefined : draft.secret
      return call(saveSignIn, { params: { id: inboxId }, body: { version: saved.version, fields, secret } })
    },
    onSuccess: async () => {
      await onSaved()
      feedback.done(s('saved'))
      onClose()
    },
    // What somebody else saved meanwhile is fetched, and what is typed here then replaces it.
    onError: onSaved,
  })
  return (
    <FormPanel
      title={saved.fields ? t('change') : t('setUp')}
      valid={problems.size === 0}
      saving={saving}
      onSave={saving.mutate}
      onClose={onClose}
    >
      {(tried) => {
        const text = (name: TextName, hint?: string, lines?: { first: number; most: number }) => (
          <TextField
            key={name}
            label={t(labels[name])}
            hint={hint}
            error={tried ? problem(name) : null}
            value={draft[name]}
            {...(lines ? { lines } : {})}
            onChange={(value) => change({ [name]: value })}
          />
        )
        return (
          <>
            {text('issuer', t('issuerHint'))}
            {text('clientId')}
            <SecretField
              field={{ title: { zh: t('secret'), en: t('secret') }, help: null, required: false }}
              error={null}
              isSet={saved.secretSet}
              typed={draft.secret}
              onChange={(secret) => change({ secret })}
            />
            {text('scopes', t('scopesHint'))}
            <Section title={t('who')} apart>
              {text('emailDomains', t('domainsHint'))}
              <SwitchField
                label={t('trustEmail')}
                hint={t('trustEmailHint')}
                checked={draft.trustEmail}
                onChange={(trustEmail) => change({ trustEmail })}
              />
              {text('requiredName', t('requiredNameHint'))}
              {text('requiredValue')}
              <NumberField
                label={t('hours')}
                min={1}
                max={336}
                value={draft.sessionHours}
                onChange={(sessionHours) => change({ sessionHours })}
              />
            </Section>
            <Section title={t('claims')} apart>
              {text('subject', t('subjectHint'))}
              {text('name')}
              {text('email')}
              {text('attributes', t('attributesHint'), { first: 3, most: 10 })}
            </Section>
          </>
        )
      }}
    </FormPanel>
  )
}

const labels = {
  issuer: 'issuer',
  clientId: 'clientId',
  scopes: 'scopes',
  emailDomains: 'domains',
  requiredName: 'requiredName',
  requiredValue: 'requiredValue',
  subject: 'subject',
  name: 'name',
  email: 'email',
  attributes: 'attributes',
} as const
type TextName = keyof typeof labels
