import { CloseOutlined } from '@ant-design/icons'
import { Button, Input, Select } from 'antd'
import { SwitchField } from '../../../shared/form-field.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { Section } from '../../../shared/page-frame.tsx'
import { useTeams } from '../../../shared/staff.ts'
import { TextField } from '../../../shared/text-field.tsx'
import { FieldsEditor } from './fields-editor.tsx'
import { formWords } from './form-words.ts'
import type { SectionProps } from './section-props.ts'
import { useProblemWords } from '../parts/use-problem-words.ts'
import { words } from './words.ts'

export function PreChatSection({ draft, problems, onSettings }: SectionProps) {
  const e = useWords(words)
  const t = useWords(formWords)
  const problem = useProblemWords(problems)
  const teams = useTeams()
  const { preChat } = draft.settings
  const change = (part: Partial<typeof preChat>): void => onSettings({ preChat: { ...preChat, ...part } })
  const { consent, departments } = preChat
  return (
    <>
      <Section title={e('section.pre-chat')}>
        <SwitchField
          label={t('enabled')}
          hint={t('enabledHint')}
          checked={preChat.enabled}
          onChange={(enabled) => change({ enabled })}
        />
      </Section>
      <Section title={t('fields')}>
        <FieldsEditor
          fields={preChat.fields}
          path="preChat.fields"
          problems={problems}
          onChange={(fields) => change({ fields })}
        />
      </Section>
      <Section>
        <SwitchField
          label={t('consent')}
          hint={t('consentHint')}
          checked={consent !== null}
          onChange={(on) => change({ consent: on ? { text: '', linkLabel: '', url: 'https://' } : null })}
        />
        {consent ? (
          <>
            <TextField
              label={t('consentText')}
              error={problem('preChat.consent.text')}
              value={consent.text}
              maxLength={1000}
              lines={{ first: 1, most: 5 }}
              placeholder={t('consentTextPlaceholder')}
              onChange={(text) => change({ consent: { ...consent, text } })}
            />
            <TextField
              label={t('consentLink')}
              error={problem('preChat.consent.linkLabel')}
              value={consent.linkLabel}
              maxLength={100}
              placeholder={t('consentLinkPlaceholder')}
              onChange={(linkLabel) => change({ consent: { ...consent, linkLabel } })}
            />
            <TextField
              label={t('consentUrl')}
              error={problem('preChat.consent.url')}
              type="url"
              value={consent.url}
              onChange={(url) => change({ consent: { ...consent, url: url.trim() } })}
            />
          </>
        ) : null}
      </Section>
      <Section title={t('departments')} hint={t('departmentsHint')}>
        {departments.map((department, index) => (
          <div key={index} className="st-row">
            <Input
              aria-label={t('department', { n: index + 1 })}
              placeholder={t('departmentPlaceholder')}
              value={department.label}
              maxLength={60}
              status={problem(`preChat.departments.${index}.label`) ? 'error' : ''}
              onChange={(event) =>
                change({ departments: departments.with(index, { ...department, label: event.target.value }) })
              }
            />
            <Select
              aria-label={t('departmentTeam', { n: index + 1 })}
              value={department.teamId}
              showSearch={{ optionFilterProp: 'label' }}
              style={{ flex: 1 }}
              onChange={(teamId) => change({ departments: departments.with(index, { ...department, teamId }) })}
              options={teams.map((team) => ({ value: team.id, label: team.name }))}
            />
            <Button
              type="text"
              icon={<CloseOutlined />}
              aria-label={t('removeDepartment', { label: department.label })}
              onClick={() => change({ departments: departments.toSpliced(index, 1) })}
            />
          </div>
        ))}
        <Button
          size="small"
          disabled={teams.length === 0 || departments.length >= 20}
          onClick={() => {
            const team = teams.find((one) => !departments.some((used) => used.teamId === one.id)) ?? teams[0]
            if (team) change({ departments: [...departments, { teamId: team.id, label: team.name }] })
          }}
        >
          {t('addDepartment')}
        </Button>
      </Section>
    </>
  )
}
