import { Radio, Segmented, Select } from 'antd'
import { FormField } from '../../shared/form-field.tsx'
import { useWords } from '../../shared/i18n.ts'
import { useMe, useUpdatePreferences } from '../../shared/session.ts'
import { useFeedback } from '../../shared/use-feedback.ts'
import { words } from './words.ts'

const themes = ['system', 'light', 'dark'] as const
const densities = ['comfortable', 'compact'] as const
const modKey = /Mac|iPad|iPhone/.test(navigator.userAgent) ? '⌘' : 'Ctrl'

/** Works at once; a refusal puts the old choice back and says why. */
export function Look() {
  const t = useWords(words)
  const { preferences } = useMe()
  const feedback = useFeedback()
  const update = useUpdatePreferences()
  const set = (change: Partial<typeof preferences>): void => update.mutate(change, { onError: feedback.failed })
  return (
    <>
      <FormField label={t('look.language')}>
        {({ id }) => (
          <Select
            id={id}
            value={preferences.language}
            style={{ maxWidth: 240 }}
            onChange={(language) => set({ language })}
            options={[
              { value: 'zh-CN', label: '简体中文' },
              { value: 'en', label: 'English' },
            ]}
          />
        )}
      </FormField>
      <div className="q-field">
        <span className="q-field-label" id="profile-theme">
          {t('look.theme')}
        </span>
        <Segmented
          aria-labelledby="profile-theme"
          style={{ alignSelf: 'flex-start' }}
          value={preferences.theme}
          onChange={(theme) => set({ theme })}
          options={themes.map((one) => ({ value: one, label: t(`look.${one}`) }))}
        />
      </div>
      <div className="q-field">
        <span className="q-field-label" id="profile-density">
          {t('look.density')}
        </span>
        <Segmented
          aria-labelledby="profile-density"
          style={{ alignSelf: 'flex-start' }}
          value={preferences.density}
          onChange={(density) => set({ density })}
          options={densities.map((one) => ({ value: one, label: t(`look.${one}`) }))}
        />
      </div>
      <div className="q-field">
        <span className="q-field-label" id="profile-send">
          {t('look.sendWith')}
        </span>
        <Radio.Group
          vertical
          aria-labelledby="profile-send"
          value={preferences.sendWith}
          onChange={(event) => set({ sendWith: event.target.value === 'enter' ? 'enter' : 'mod-enter' })}
          options={[
            { value: 'enter', label: t('look.enter') },
            { value: 'mod-enter', label: t('look.modEnter', { key: modKey }) },
          ]}
        />
      </div>
    </>
  )
}
