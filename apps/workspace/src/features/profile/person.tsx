import { updateMe, webUrl } from '@qiao/protocol'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useEffect, useState } from 'react'
import { call } from '../../shared/api.ts'
import { Avatar } from '../../shared/avatar.tsx'
import { FormField } from '../../shared/form-field.tsx'
import { useWords } from '../../shared/i18n.ts'
import { meQuery, useMe } from '../../shared/session.ts'
import { agentsQuery } from '../../shared/staff.ts'
import { TimeZoneSelect, localTimeZone } from '../../shared/time-zone-select.tsx'
import { useFeedback } from '../../shared/use-feedback.ts'
import { words } from './words.ts'

const isImageAddress = (text: string): boolean => text.startsWith('https://') && webUrl.safeParse(text).success

/** Whether the address really gives a picture: asked by loading it, as visitors' browsers will. */
function useBroken(url: string): boolean {
  const [broken, setBroken] = useState('')
  useEffect(() => {
    if (!isImageAddress(url)) return undefined
    const image = new Image()
    image.addEventListener('error', () => setBroken(url))
    image.src = url
    return () => image.removeAttribute('src')
  }, [url])
  return url !== '' && broken === url
}

export function Person() {
  const t = useWords(words)
  const me = useMe()
  const client = useQueryClient()
  const feedback = useFeedback()
  const [draft, setDraft] = useState({
    name: me.name,
    publicName: me.publicName ?? '',
    avatarUrl: me.avatarUrl ?? '',
    timeZone: me.timeZone ?? '',
  })
  const [savedDraft, setSavedDraft] = useState(draft)
  const touched = draft !== savedDraft
  const change = (part: Partial<typeof draft>): void => setDraft({ ...draft, ...part })
  const avatar = draft.avatarUrl.trim()
  // A picture that the server made itself has a path of its own; only a new address is judged.
  const avatarWrong = avatar !== '' && avatar !== me.avatarUrl && !isImageAddress(avatar)
  const broken = useBroken(avatar)
  const save = useMutation({
    mutationFn: ({ name, publicName, avatarUrl, timeZone }: typeof draft) =>
      call(updateMe, {
        body: {
          name,
          publicName: publicName.trim() || null,
          avatarUrl: avatarUrl.trim() || null,
          timeZone: timeZone || null,
        },
      }),
    onSuccess: async (saved, sent) => {
      client.setQueryData(meQuery.queryKey, (old) => (old ? { ...old, me: saved } : old))
      setSavedDraft(sent)
      feedback.done(t('saved'))
      await client.invalidateQueries({ queryKey: agentsQuery.queryKey })
    },
    onError: feedback.failed,
  })
  const missing = draft.name.trim() === ''
  const shownName = draft.publicName.trim() || draft.name
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (!missing && !avatarWrong && !save.isPending) save.mutate(draft)
      }}
    >
      <div className="q-note" style={{ display: 'flex', alignItems: 'center', gap: 10, maxWidth: 496 }}>
        <Avatar id={me.id} name={shownName} url={broken || avatarWrong ? null : avatar || null} size={40} />
        <div>
          <div>{shownName}</div>
          <div className="q-quiet">{t('person.preview')}</div>
        </div>
      </div>
      <FormField label={t('person.name')} hint={t('person.nameHint')} error={missing ? t('person.missing') : null}>
        {(control) => (
          <Input
            {...control}
            value={draft.name}
            maxLength={100}
            autoComplete="name"
            onChange={(event) => change({ name: event.target.value })}
          />
        )}
      </FormField>
      <FormField label={t('person.publicName')} hint={t('person.publicNameHint')}>
        {(control) => (
          <Input
            {...control}
            value={draft.publicName}
            maxLength={100}
            onChange={(event) => change({ publicName: event.target.value })}
          />
        )}
      </FormField>
      <FormField
        label={t('person.avatar')}
        hint={t('person.avatarHint')}
        error={avatarWrong ? t('person.avatarInvalid') : broken ? t('person.avatarBroken') : null}
      >
        {(control) => (
          <Input
            {...control}
            value={draft.avatarUrl}
            maxLength={2048}
            placeholder="https://"
            onChange={(event) => change({ avatarUrl: event.target.value })}
          />
        )}
      </FormField>
      <FormField label={t('person.timeZone')}>
        {({ id }) => (
          <TimeZoneSelect
            id={id}
            value={draft.timeZone || localTimeZone()}
            onChange={(timeZone) => change({ timeZone: timeZone === localTimeZone() ? '' : timeZone })}
          />
        )}
      </FormField>
      <FormField label={t('person.email')} hint={t('person.emailHint')}>
        {(control) => (
          <Input {...control} value={me.email} readOnly variant="borderless" style={{ paddingInline: 0 }} />
        )}
      </FormField>
      <p>
        <span className="q-field-label">{t('person.role')}</span> {t(`roles.${me.role}`)}
      </p>
      <Button type="primary" htmlType="submit" loading={save.isPending} disabled={!touched || missing || avatarWrong}>
        {t('save')}
      </Button>
    </form>
  )
}
