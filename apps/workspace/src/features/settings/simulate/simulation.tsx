import { type Agent, type Calendar, type Queue, simulateQueue } from '@qiao/protocol'
import { useMutation } from '@tanstack/react-query'
import { Alert, Button } from 'antd'
import { useState } from 'react'
import { call } from '../../../shared/api.ts'
import { dayStart } from '../../../shared/day-start.ts'
import { explain } from '../../../shared/error-words.ts'
import { useWords } from '../../../shared/i18n.ts'
import { Section } from '../../../shared/page-frame.tsx'
import { serverNow } from '../../../shared/server-time.ts'
import { useOrganisation } from '../../../shared/session.ts'
import { NumberField } from '../parts/number-field.tsx'
import { ArrivalsForm } from './arrivals-form.tsx'
import { ChangedForm } from './changed-form.tsx'
import { type Draft, requestOf, startingDraft } from './draft.ts'
import { presentStaffing } from './present-staffing.ts'
import { Results } from './results.tsx'
import { StaffingBars } from './staffing-bars.tsx'
import { words } from './words.ts'

const weekMs = 7 * 86_400_000

interface Props {
  queue: Queue
  agents: readonly Agent[]
  calendars: readonly Calendar[]
}

export function Simulation({ queue, agents, calendars }: Props) {
  const t = useWords(words)
  const { timeZone } = useOrganisation()
  const [today] = useState(() => dayStart(timeZone, serverNow()))
  const [draft, setDraft] = useState(() => startingDraft(queue, presentStaffing(queue, agents, calendars, today)))
  const change = (part: Partial<Draft>): void => setDraft({ ...draft, ...part })
  const request = requestOf(draft, queue, {
    since: new Date(Date.parse(today) - weekMs).toISOString(),
    until: today,
  })
  const run = useMutation({ mutationFn: (body: typeof request) => call(simulateQueue, { body }) })
  const nobody = draft.staffing.every((count) => count === 0)
  const untouched = Object.keys(request.changed).length === 0
  const note = nobody ? t('nobody') : untouched ? t('nothingChanged') : null
  return (
    <>
      <ArrivalsForm draft={draft} onChange={change} />
      <Section title={t('setUp')} hint={t('barsHint')}>
        <div className="st-sim-pair">
          <fieldset className="st-sim-side">
            <legend>{t('now')}</legend>
            <StaffingBars
              label={t('staffingNow')}
              values={draft.staffing}
              // What was not changed follows the present.
              onChange={(staffing) =>
                change({
                  staffing,
                  ...(request.changed.staffing ? {} : { changed: { ...draft.changed, staffing } }),
                })
              }
            />
            <NumberField
              label={t('concurrency')}
              value={draft.concurrency}
              min={1}
              max={20}
              suffix={t('concurrencyUnit')}
              onChange={(concurrency) =>
                change({
                  concurrency,
                  ...(request.changed.concurrency ? {} : { changed: { ...draft.changed, concurrency } }),
                })
              }
            />
            <NumberField
              label={t('seeds')}
              hint={t('seedsHint')}
              value={draft.seeds}
              min={2}
              max={20}
              onChange={(seeds) => change({ seeds })}
            />
          </fieldset>
          <ChangedForm queue={queue} draft={draft} onChange={(changed) => change({ changed })} />
        </div>
        <div className="st-sim-run">
          <Button type="primary" loading={run.isPending} onClick={() => run.mutate(request)}>
            {t(run.isPending ? 'running' : run.data ? 'again' : 'run')}
          </Button>
          {note ? <span className="q-state-warn">{note}</span> : null}
        </div>
      </Section>
      {run.isError ? (
        <Alert type="error" role="alert" showIcon title={t('failed')} description={explain(run.error)} />
      ) : null}
      {run.data ? (
        <Results
          result={run.data}
          service={draft.changed.settings.service}
          nowService={queue.settings.service}
          stale={JSON.stringify(run.variables) !== JSON.stringify(request)}
        />
      ) : null}
    </>
  )
}
