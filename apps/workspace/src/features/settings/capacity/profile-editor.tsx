import {
  type CapacityProfile,
  createCapacityProfile,
  deleteCapacityProfile,
  updateCapacityProfile,
} from '@qiao/protocol'
import { useMutation } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { call } from '../../../shared/api.ts'
import { SwitchField } from '../../../shared/form-field.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { PageFrame, Section } from '../../../shared/page-frame.tsx'
import { useCan } from '../../../shared/session.ts'
import { TextField } from '../../../shared/text-field.tsx'
import { useConfirm } from '../../../shared/use-confirm.ts'
import { useFeedback } from '../../../shared/use-feedback.ts'
import { NumberField } from '../parts/number-field.tsx'
import { ReadOnlyNote } from '../parts/read-only-note.tsx'
import { SaveBar } from '../parts/save-bar.tsx'
import { useDraft } from '../parts/use-draft.ts'
import { useRefreshRouting } from '../parts/use-refresh-routing.ts'
import { useSave } from '../parts/use-save.ts'
import { words as settingsWords } from '../words.ts'
import { ChannelCosts } from './channel-costs.tsx'
import { FitTrial } from './fit-trial.tsx'
import { useChannels } from './use-channels.ts'
import { words } from './words.ts'
import './capacity.css'

type Saved = Omit<CapacityProfile, 'id'>
type Fields = Pick<Saved, 'name' | 'standard' | 'units' | 'channels' | 'pickMarginUnits'>
const draftOf = ({ name, standard, units, channels, pickMarginUnits }: Saved): Fields => ({
  name,
  standard,
  units,
  channels,
  pickMarginUnits,
})

export function ProfileEditor({ id, saved }: { id: string | null; saved: Saved }) {
  const s = useWords(settingsWords)
  const t = useWords(words)
  const manage = useCan('routing.manage')
  const refresh = useRefreshRouting()
  const navigate = useNavigate()
  const feedback = useFeedback()
  const confirm = useConfirm()
  const edited = useDraft({ saved, draftOf, isNew: id === null })
  const { draft, change } = edited
  const [tried, setTried] = useState(false)
  const toList = () => navigate({ href: '/settings/capacity', ignoreBlocker: true })
  const save = useSave({
    save: () =>
      id === null
        ? call(createCapacityProfile, { body: draft })
        : call(updateCapacityProfile, { params: { id }, body: { ...draft, version: saved.version } }),
    refresh,
    edited,
    andThen: async () => {
      if (id === null) await toList()
    },
  })
  const remove = useMutation({
    mutationFn: () => call(deleteCapacityProfile, { params: { id: id ?? '' } }),
    onSuccess: async () => {
      await toList()
      await refresh()
      feedback.done(s('deleted'))
    },
    onError: feedback.failed,
  })
  const missing = draft.name.trim() === ''
  const problem = missing ? s('problem.missing') : null
  return (
    <>
      <PageFrame
        title={id === null ? t('new') : saved.name}
        intro={<Link to="/settings/capacity">← {t('back')}</Link>}
        wide
      >
        {manage ? null : <ReadOnlyNote />}
        <div className="st-capacity">
          <div>
            <TextField
              label={t('name')}
              error={tried ? problem : null}
              value={draft.name}
              maxLength={100}
              disabled={!manage}
              placeholder={t('namePlaceholder')}
              onChange={(name) => change({ name })}
            />
            <SwitchField
              label={t('standard')}
              hint={saved.standard ? t('standardIs') : t('standardHint')}
              checked={draft.standard}
              disabled={!manage || saved.standard}
              onChange={(standard) => change({ standard })}
            />
            <NumberField
              label={t('units')}
              hint={t('unitsHint')}
              error={draft.units === 0 ? t('problem.zero') : null}
              value={draft.units}
              max={10_000}
              suffix={t('unit')}
              disabled={!manage}
              onChange={(units) => change({ units })}
            />
            <NumberField
              label={t('margin')}
              hint={t('marginHint')}
              value={draft.pickMarginUnits}
              max={10_000}
              suffix={t('unit')}
              disabled={!manage}
              onChange={(pickMarginUnits) => change({ pickMarginUnits })}
            />
          </div>
          <FitTrial profile={draft} channels={useChannels(draft.channels).filter((one) => one !== '*')} />
        </div>
        <Section title={t('channels')} hint={t('interruptedByHint')}>
          <ChannelCosts channels={draft.channels} disabled={!manage} onChange={(channels) => change({ channels })} />
        </Section>
        {id !== null && manage && !saved.standard ? (
          <Button
            danger
            onClick={() =>
              confirm({
                title: t('removeTitle', { name: saved.name }),
                text: t('removeText'),
                ok: s('delete'),
                run: () => remove.mutateAsync(),
              })
            }
          >
            {t('remove')}
          </Button>
        ) : null}
      </PageFrame>
      <SaveBar
        dirty={edited.dirty && manage}
        saving={save.isPending}
        problem={tried ? problem : null}
        theirs={edited.theirs}
        onSave={() => {
          setTried(true)
          if (!problem) save.mutate()
        }}
        onDiscard={() => {
          edited.discard()
          setTried(false)
          if (id === null) void toList()
        }}
      />
    </>
  )
}
