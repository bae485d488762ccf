import { type ChannelAccount, type ChannelInfo, type EditVersion, saveChannelAccount } from '@qiao/protocol'
import { useQueryClient } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { ApiError, call, hasCode } from '../../../shared/api.ts'
import { useWords } from '../../../shared/i18n.ts'
import { useFeedback } from '../../../shared/use-feedback.ts'
import { accountsQuery } from '../channels/channels-query.ts'
import { useDraft } from '../parts/use-draft.ts'
import { words } from '../words.ts'
import { accountQuery, statusQuery } from './account-query.ts'
import {
  configOf,
  type FieldProblem,
  type FieldValue,
  fieldsOf,
  missingIn,
  problemsFrom,
  type Secrets,
  valuesOf,
  type Values,
} from './form-fields.ts'

export interface AccountDraft {
  values: Values
  secrets: Secrets
  keepOldHours: number
}

/** Of whoever may not see the account: there is nothing to edit. */
const unseen: EditVersion & Pick<ChannelAccount, 'config' | 'secretsSet'> = {
  version: 0,
  changedAt: null,
  changedBy: null,
  config: null,
  secretsSet: [],
}
const noProblems: ReadonlyMap<string, FieldProblem> = new Map()

/**
 * The account of a channel as it is being edited. A secret is in the draft from its typing until it is saved, and in no
 * cache: the call is made here, because the library would remember what it was called with.
 */
export function useAccountDraft(inboxId: string, info: ChannelInfo, account: ChannelAccount | null) {
  const t = useWords(words)
  const client = useQueryClient()
  const feedback = useFeedback()
  const fields = useMemo(() => fieldsOf(info.form), [info])
  const saved: typeof unseen = account ?? unseen
  const edited = useDraft({
    saved,
    draftOf: ({ config }): AccountDraft => ({
      values: valuesOf(fields, config),
      secrets: {},
      keepOldHours: 24,
    }),
  })
  const { draft, change } = edited
  const [saving, setSaving] = useState(false)
  const [tried, setTried] = useState(false)
  const [refused, setRefused] = useState(noProblems)

  const missing = missingIn(fields, draft, saved.secretsSet)
  const problems = new Map<string, FieldProblem>([
    ...refused,
    ...(tried ? missing.map((name): [string, FieldProblem] => [name, { kind: 'missing', said: null }]) : []),
  ])
  const replaced = fields.filter(
    ({ name, secret }) => secret && saved.secretsSet.includes(name) && draft.secrets[name] !== undefined,
  )
  const asksForTime = info.called && replaced.length > 0

  const put = async (config: Record<string, FieldValue>, keepOldHours: number | undefined): Promise<number> => {
    const body = { version: saved.version, config, ...(keepOldHours === undefined ? {} : { keepOldHours }) }
    const fresh = await call(saveChannelAccount, { params: { id: inboxId }, body })
    client.setQueryData(accountQuery(inboxId).queryKey, fresh)
    void client.invalidateQueries({ queryKey: accountsQuery.queryKey })
    void client.invalidateQueries({ queryKey: statusQuery(inboxId).queryKey })
    return fresh.version
  }
  const run = async (work: () => Promise<unknown>): Promise<void> => {
    setSaving(true)
    try {
      await work()
      feedback.done(t('saved'))
    } catch (error) {
      const issues = error instanceof ApiError ? error.problem?.issues : undefined
      if (hasCode(error, 'changed-meanwhile'))
        await client.invalidateQueries({ queryKey: accountQuery(inboxId).queryKey })
      else if (issues && issues.length > 0) setRefused(problemsFrom(fields, issues))
      else feedback.failed(error)
    } finally {
      setSaving(false)
    }
  }
  const forgetRefusal = (name: string): void => {
    const others = new Map([...refused].filter(([one]) => one !== name && one !== ''))
    setRefused(others)
  }
  return {
    ...edited,
    fields,
    problems,
    saving,
    /** Secrets that are there change, and the provider may still use the older ones. */
    asksForTime,
    setValue: (name: string, value: FieldValue) => {
      forgetRefusal(name)
      change({ values: { ...draft.values, [name]: value } })
    },
    /** Undefined takes back what was typed. */
    setSecret: (name: string, value: string | null | undefined) => {
      forgetRefusal(name)
      const { [name]: _, ...others } = draft.secrets
      change({ secrets: value === undefined ? others : { ...others, [name]: value } })
    },
    save: async (): Promise<void> => {
      setTried(true)
      if (missing.length > 0) return
      await run(async () => {
        const config = configOf(fields, draft.values, draft.secrets)
        const version = await put(config, asksForTime ? draft.keepOldHours : undefined)
        setTried(false)
        edited.saved(draft, version)
      })
    },
    discard: () => {
      setTried(false)
      setRefused(noProblems)
      edited.discard()
    },
    /** The older secrets are of no use from now on. */
    endOld: () => run(() => put(configOf(fields, valuesOf(fields, saved.config), {}), 0)),
  }
}
export type AccountEditor = ReturnType<typeof useAccountDraft>
