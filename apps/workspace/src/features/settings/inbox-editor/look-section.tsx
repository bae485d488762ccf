import { Input, Radio, Segmented } from 'antd'
import { FormField } from '../../../shared/form-field.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { Section } from '../../../shared/page-frame.tsx'
import { TextField } from '../../../shared/text-field.tsx'
import { textOn } from './contrast.ts'
import type { SectionProps } from './section-props.ts'
import { useProblemWords } from '../parts/use-problem-words.ts'
import { VariablesEditor } from './variables-editor.tsx'
import { words } from './words.ts'

const swatches = ['#1f6feb', '#0f766e', '#15803d', '#b45309', '#be123c', '#7c3aed', '#1d2129'] as const
const isColour = (value: string): boolean => /^#[0-9a-f]{6}$/i.test(value)

export function LookSection({ draft, problems, onSettings }: SectionProps) {
  const t = useWords(words)
  const problem = useProblemWords(problems)
  const { look } = draft.settings
  const change = (part: Partial<typeof look>): void => onSettings({ look: { ...look, ...part } })
  const on = isColour(look.colour) ? textOn(look.colour) : null
  return (
    <Section title={t('section.look')}>
      <FormField label={t('colour')} hint={t('colourHint')} error={problem('look.colour')}>
        {(control) => (
          <div className="st-colour">
            <input
              type="color"
              aria-label={t('colour')}
              value={isColour(look.colour) ? look.colour : '#000000'}
              onChange={(event) => change({ colour: event.target.value })}
            />
            <Input
              {...control}
              value={look.colour}
              maxLength={7}
              style={{ width: 100, fontVariantNumeric: 'tabular-nums' }}
              onChange={(event) => change({ colour: event.target.value.trim() })}
            />
            {swatches.map((colour) => (
              <button
                key={colour}
                type="button"
                className="st-swatch"
                style={{ background: colour }}
                aria-label={colour}
                aria-pressed={look.colour.toLowerCase() === colour}
                onClick={() => change({ colour })}
              />
            ))}
            {on ? (
              <span className="q-quiet">{t('contrast', { text: t(on.text), ratio: on.ratio.toFixed(1) })}</span>
            ) : null}
          </div>
        )}
      </FormField>
      <TextField
        label={t('logo')}
        hint={t('logoHint')}
        error={problem('look.logoUrl')}
        type="url"
        value={look.logoUrl ?? ''}
        placeholder="https://"
        onChange={(url) => change({ logoUrl: url.trim() || null })}
      />
      <div className="q-field">
        <span className="q-field-label" id="st-position">
          {t('position')}
        </span>
        <Radio.Group
          aria-labelledby="st-position"
          value={look.position}
          onChange={(event) => change({ position: event.target.value === 'left' ? 'left' : 'right' })}
          options={[
            { value: 'right', label: t('right') },
            { value: 'left', label: t('left') },
          ]}
        />
      </div>
      <TextField
        label={t('launcherText')}
        hint={t('launcherTextHint')}
        error={problem('look.launcherText')}
        value={look.launcherText}
        maxLength={40}
        placeholder={t('launcherTextPlaceholder')}
        onChange={(launcherText) => change({ launcherText })}
      />
      <div className="q-field">
        <span className="q-field-label" id="st-theme">
          {t('theme')}
        </span>
        <Segmented
          aria-labelledby="st-theme"
          style={{ alignSelf: 'flex-start' }}
          value={look.theme}
          onChange={(theme) => change({ theme })}
          options={(['auto', 'light', 'dark'] as const).map((one) => ({ value: one, label: t(`theme.${one}`) }))}
        />
      </div>
      <VariablesEditor
        variables={look.variables}
        problem={(name) => problem(`look.variables.${name}`)}
        onChange={(variables) => change({ variables })}
      />
    </Section>
  )
}
