import { SwitchField } from '../../../shared/form-field.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { Section } from '../../../shared/page-frame.tsx'
import { DurationField } from '../parts/duration-field.tsx'
import { NumberField } from '../parts/number-field.tsx'
import { useProblemWords } from '../parts/use-problem-words.ts'
import { announcementWords } from './announcement-words.ts'
import type { SectionProps } from './section-props.ts'

/** What those who wait on a channel without a live place are told there, and how often. */
export function AnnouncementsSection({ draft, problems, onSettings }: SectionProps) {
  const t = useWords(announcementWords)
  const problem = useProblemWords(problems)
  const { announcements } = draft.settings
  const { paid } = announcements
  const set = (part: Partial<typeof announcements>): void =>
    onSettings({ announcements: { ...announcements, ...part } })
  const setPaid = (part: Partial<typeof paid>): void => set({ paid: { ...paid, ...part } })
  return (
    <>
      <Section title={t('title')} hint={t('hint')}>
        <NumberField
          label={t('most')}
          hint={t('mostHint')}
          error={problem('announcements.most')}
          value={announcements.most}
          max={20}
          suffix={t('times')}
          onChange={(most) => set({ most })}
        />
        <NumberField
          label={t('every')}
          error={problem('announcements.everyMinutes')}
          value={announcements.everyMinutes}
          min={1}
          max={1440}
          suffix={t('minutes')}
          onChange={(everyMinutes) => set({ everyMinutes })}
        />
        <DurationField
          label={t('short')}
          hint={t('shortHint')}
          error={problem('announcements.shortSeconds')}
          value={announcements.shortSeconds}
          max={86_400}
          onChange={(shortSeconds) => set({ shortSeconds })}
        />
        <SwitchField
          label={t('taken')}
          hint={t('takenHint')}
          checked={announcements.taken}
          onChange={(taken) => set({ taken })}
        />
        <SwitchField
          label={t('choices')}
          hint={t('choicesHint')}
          checked={announcements.choices}
          onChange={(choices) => set({ choices })}
        />
        <SwitchField label={t('closed')} checked={announcements.closed} onChange={(closed) => set({ closed })} />
      </Section>
      <Section title={t('paid')} hint={t('paidHint')}>
        <NumberField
          label={t('paidMost')}
          error={problem('announcements.paid.most')}
          value={paid.most}
          max={20}
          suffix={t('times')}
          onChange={(most) => setPaid({ most })}
        />
        <SwitchField label={t('moved')} checked={paid.moved} onChange={(moved) => setPaid({ moved })} />
        <SwitchField label={t('paidTaken')} checked={paid.taken} onChange={(taken) => setPaid({ taken })} />
      </Section>
    </>
  )
}
