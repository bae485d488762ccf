import type { InboxMenu, MenuEntry, MenuFault } from '@qiao/protocol'
import { ChoiceField } from '../../../shared/choice-field.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { Section } from '../../../shared/page-frame.tsx'
import { TextField } from '../../../shared/text-field.tsx'
import { worded } from '../../../shared/worded.ts'
import { useLimitWords } from './fault-words.ts'
import { asKind, isKnown, kindOf, type TopEntry } from './menu-draft.ts'
import { words } from './words.ts'

interface EntryFormProps {
  entry: TopEntry
  /** Below another one: it can have none below it. */
  below: boolean
  rules: Pick<InboxMenu, 'limits' | 'kinds'>
  faults: ReadonlyMap<string, MenuFault>
  onChange: (entry: TopEntry) => void
}

/** What one entry is called and does. */
export function EntryForm({ entry, below, rules, faults, onChange }: EntryFormProps) {
  const t = useWords(words)
  const l = useLimitWords()
  const { limits, kinds } = rules
  const limit = below ? limits.labelBelow : limits.label
  const kind = kindOf(entry)
  const options = [
    ...(limits.words ? [{ value: 'talk', label: t('kind.talk') }] : []),
    { value: 'press', label: t('kind.press') },
    { value: 'open', label: t('kind.open') },
    ...kinds.map(({ name, title }) => ({ value: name, label: worded(title) })),
    ...(below || limits.below === 0 ? [] : [{ value: 'list', label: t('kind.list') }]),
    ...(isKnown(kind, kinds) ? [] : [{ value: kind, label: kind }]),
  ]
  return (
    <Section title={entry.label.trim() ? t('editOf', { name: entry.label }) : t('edit')}>
      <TextField
        label={t('label')}
        value={entry.label}
        maxLength={200}
        hint={l.used(entry.label, limit)}
        error={l.fault(faults.get('label'), limit.unit)}
        onChange={(label) => onChange({ ...entry, label })}
      />
      <ChoiceField
        label={t('kind')}
        value={kind}
        options={options}
        onChange={(wanted) => {
          if (wanted !== kind) onChange(asKind(entry, wanted))
        }}
      />
      {'entries' in entry ? (
        <p className="q-field-error" role="alert">
          {l.fault(faults.get('entries'))}
        </p>
      ) : (
        <ActFields entry={entry} rules={rules} faults={faults} onChange={onChange} />
      )}
    </Section>
  )
}

function ActFields({ entry, rules, faults, onChange }: Omit<EntryFormProps, 'entry' | 'below'> & { entry: MenuEntry }) {
  const t = useWords(words)
  const l = useLimitWords()
  const { limits, kinds } = rules
  const { does } = entry
  if (does.kind === 'press') {
    return (
      <TextField
        label={t('key')}
        value={does.key}
        maxLength={500}
        hint={t('keyHint')}
        error={l.fault(faults.get('does.key'), limits.key.unit)}
        onChange={(key) => onChange({ ...entry, does: { ...does, key } })}
      />
    )
  }
  if (does.kind === 'talk') {
    const limit = limits.words ?? limits.key
    return (
      <TextField
        label={t('says')}
        value={does.words}
        maxLength={500}
        hint={[t('saysHint'), l.used(does.words, limit)].join(' ')}
        error={l.fault(faults.get('does.words') ?? faults.get('does'), limit.unit)}
        onChange={(said) => onChange({ ...entry, does: { ...does, words: said } })}
      />
    )
  }
  if (does.kind === 'open') {
    return (
      <TextField
        label={t('url')}
        type="url"
        value={does.url}
        maxLength={2048}
        placeholder="https://"
        error={l.fault(faults.get('does.url'), limits.url.unit)}
        onChange={(url) => onChange({ ...entry, does: { ...does, url } })}
      />
    )
  }
  const known = kinds.find(({ name }) => name === does.name)
  if (!known) {
    return (
      <>
        <p className="q-quiet">{t('kept')}</p>
        <pre className="st-menu-kept">{JSON.stringify(does.data, null, 2)}</pre>
      </>
    )
  }
  return known.fields.map(({ name, title, as }) => {
    const value = does.data[name]
    return (
      <TextField
        key={name}
        label={worded(title)}
        type={as === 'url' ? 'url' : 'text'}
        value={typeof value === 'string' ? value : ''}
        maxLength={2048}
        {...(as === 'url' ? { placeholder: 'https://' } : {})}
        hint={as === 'key' ? t('keyHint') : null}
        error={l.fault(
          faults.get(`does.data.${name}`),
          as === 'url' ? limits.url.unit : as === 'key' ? limits.key.unit : 'characters',
        )}
        onChange={(text) => onChange({ ...entry, does: { ...does, data: { ...does.data, [name]: text } } })}
      />
    )
  })
}
