import { offlineWork, selectionPolicyNames } from '@qiao/protocol'
import { ChoiceField } from '../../../shared/choice-field.tsx'
import { SwitchField } from '../../../shared/form-field.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { Section } from '../../../shared/page-frame.tsx'
import { DurationField } from '../parts/duration-field.tsx'
import { NumberField } from '../parts/number-field.tsx'
import { RadioField } from '../../../shared/radio-field.tsx'
import { useProblemWords } from '../parts/use-problem-words.ts'
import { ruleWords } from './rule-words.ts'
import type { SectionProps } from './section-props.ts'
import { words } from './words.ts'

const modes = ['ring', 'auto'] as const
const fates = ['keep', 'queue', 'team'] as const

export function OfferSection({ draft, problems, onSettings }: SectionProps) {
  const e = useWords(words)
  const t = useWords(ruleWords)
  const problem = useProblemWords(problems)
  const { selection, offer, agentGraceSeconds, whenAgentGone, whenAgentOffline, silentAfterMinutes } = draft.settings
  const set = (part: Partial<typeof offer>): void => onSettings({ offer: { ...offer, ...part } })
  return (
    <>
      <Section title={e('section.offer')}>
        <RadioField
          label={t('selection')}
          value={selection}
          onChange={(next) => onSettings({ selection: next })}
          options={selectionPolicyNames.map((name) => ({
            value: name,
            label: t(`selection.${name}`),
            hint: t(`selection.${name}Hint`),
          }))}
        />
        <p className="q-field-hint">{t('tie')}</p>
      </Section>
      <Section>
        <RadioField
          label={t('mode')}
          value={offer.mode}
          onChange={(mode) => set({ mode })}
          options={modes.map((mode) => ({ value: mode, label: t(`mode.${mode}`), hint: t(`mode.${mode}Hint`) }))}
        />
        {offer.mode === 'ring' ? (
          <>
            <DurationField
              label={t('ringFor')}
              error={problem('offer.seconds')}
              value={offer.seconds}
              min={5}
              max={3600}
              onChange={(seconds) => set({ seconds })}
            />
            <NumberField
              label={t('misses')}
              hint={t('missesHint')}
              error={problem('offer.misses')}
              value={offer.misses}
              min={1}
              max={20}
              suffix={t('times')}
              onChange={(misses) => set({ misses })}
            />
            <DurationField
              label={t('coolDown')}
              error={problem('offer.coolDownSeconds')}
              value={offer.coolDownSeconds}
              max={86_400}
              onChange={(coolDownSeconds) => set({ coolDownSeconds })}
            />
          </>
        ) : null}
      </Section>
      <Section title={t('away')}>
        <DurationField
          label={t('agentGrace')}
          error={problem('agentGraceSeconds')}
          value={agentGraceSeconds}
          max={86_400}
          onChange={(seconds) => onSettings({ agentGraceSeconds: seconds })}
        />
        <ChoiceField
          label={t('whenAgentGone')}
          hint={t('whenAgentGoneHint')}
          value={whenAgentGone}
          onChange={(fate) => onSettings({ whenAgentGone: fate })}
          options={fates.map((fate) => ({ value: fate, label: t(`gone.${fate}`) }))}
        />
        <ChoiceField
          label={t('whenOffline')}
          hint={t('whenOfflineHint')}
          value={whenAgentOffline.work}
          onChange={(work) => onSettings({ whenAgentOffline: { ...whenAgentOffline, work } })}
          options={offlineWork.map((work) => ({ value: work, label: t(`gone.${work}`) }))}
        />
        <SwitchField
          label={t('offlineChoice')}
          hint={t('offlineChoiceHint')}
          checked={whenAgentOffline.agentMayChoose}
          onChange={(agentMayChoose) => onSettings({ whenAgentOffline: { ...whenAgentOffline, agentMayChoose } })}
        />
        <SwitchField
          label={t('silentOn')}
          hint={t('silentHint')}
          checked={silentAfterMinutes !== null}
          onChange={(on) => onSettings({ silentAfterMinutes: on ? 10 : null })}
        />
        {silentAfterMinutes === null ? null : (
          <DurationField
            label={t('silentAfter')}
            error={problem('silentAfterMinutes')}
            per="minutes"
            value={silentAfterMinutes}
            min={1}
            max={1440}
            onChange={(minutes) => onSettings({ silentAfterMinutes: minutes })}
          />
        )}
      </Section>
    </>
  )
}
