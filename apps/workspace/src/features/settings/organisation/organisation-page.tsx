import { updateOrganisation } from '@qiao/protocol'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { call } from '../../../shared/api.ts'
import { ChoiceField } from '../../../shared/choice-field.tsx'
import { FormField } from '../../../shared/form-field.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { PageFrame, Section } from '../../../shared/page-frame.tsx'
import { meQuery, useOrganisation } from '../../../shared/session.ts'
import { TextField } from '../../../shared/text-field.tsx'
import { TimeZoneSelect } from '../../../shared/time-zone-select.tsx'
import { useFeedback } from '../../../shared/use-feedback.ts'
import { words as settingsWords } from '../words.ts'
import { words } from './words.ts'

export function OrganisationPage() {
  const s = useWords(settingsWords)
  const t = useWords(words)
  const organisation = useOrganisation()
  const client = useQueryClient()
  const feedback = useFeedback()
  const [draft, setDraft] = useState(organisation)
  const [savedDraft, setSavedDraft] = useState(draft)
  const touched = draft !== savedDraft
  const change = (part: Partial<typeof draft>) => setDraft({ ...draft, ...part })
  const save = useMutation({
    mutationFn: (body: typeof draft) => call(updateOrganisation, { body }),
    onSuccess: (saved, sent) => {
      client.setQueryData(meQuery.queryKey, (old) => (old ? { ...old, organisation: saved } : old))
      setSavedDraft(sent)
      feedback.done(s('saved'))
    },
    onError: feedback.failed,
  })
  const missing = draft.name.trim() === ''
  return (
    <PageFrame title={s('page.organisation')} intro={t('intro')}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (!missing && !save.isPending) save.mutate(draft)
        }}
      >
        <TextField
          label={t('name')}
          hint={t('nameHint')}
          error={missing ? s('problem.missing') : null}
          value={draft.name}
          maxLength={100}
          onChange={(name) => change({ name })}
        />
        <ChoiceField
          label={t('language')}
          hint={t('languageHint')}
          value={draft.defaultLanguage}
          onChange={(defaultLanguage) => change({ defaultLanguage })}
          options={[
            { value: 'zh-CN', label: '简体中文' },
            { value: 'en', label: 'English' },
          ]}
        />
        <FormField label={t('zone')} hint={t('zoneHint')}>
          {({ id }) => <TimeZoneSelect id={id} value={draft.timeZone} onChange={(timeZone) => change({ timeZone })} />}
        </FormField>
        <Button type="primary" htmlType="submit" disabled={!touched || missing} loading={save.isPending}>
          {s('save')}
        </Button>
      </form>
      <div style={{ height: 32 }} />
      <Section title={t('look')} hint={t('lookText')}>
        <Link to="/settings/profile">{t('lookLink')}</Link>
      </Section>
      <Section title={t('widgetLook')} hint={t('widgetLookText')}>
        <Link to="/settings/inboxes">{t('widgetLookLink')}</Link>
      </Section>
    </PageFrame>
  )
}
