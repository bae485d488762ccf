import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import type { TemplateButton, TemplateRules } from '@qiao/protocol'
import { Button } from 'antd'
import { ChoiceField } from '../../../shared/choice-field.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { TextField } from '../../../shared/text-field.tsx'
import { buttonAs, freeKinds } from './draft.ts'
import type { FaultOf } from './fault-words.ts'
import { words } from './words.ts'

interface ButtonsEditorProps {
  buttons: readonly TemplateButton[]
  category: string
  rules: TemplateRules
  lang: string
  fault: FaultOf
  onChange: (buttons: TemplateButton[]) => void
}

export function ButtonsEditor({ buttons, category, rules, lang, fault, onChange }: ButtonsEditorProps) {
  const t = useWords(words)
  const { buttons: limits } = rules
  if (!limits) return null
  const free = freeKinds(rules, buttons, category)
  const [next] = free
  return (
    <fieldset className="st-template-group">
      <legend>{t('buttons')}</legend>
      {buttons.map((button, index) => {
        const at = index + 1
        const kinds = limits.kinds.filter(({ kind }) => kind === button.kind || free.includes(kind))
        const change = (changed: TemplateButton): void => onChange(buttons.with(index, changed))
        return (
          // oxlint-disable-next-line react/no-array-index-key -- a button is nothing but its place
          <div key={index} className="st-template-button" role="group" aria-label={t('button', { at })}>
            <ChoiceField
              label={t('buttonKind', { at })}
              value={button.kind}
              options={kinds.map(({ kind }) => ({ value: kind, label: t(`kind.${kind}`) }))}
              onChange={(kind) => change(buttonAs(kind, button.label))}
            />
            {button.kind === 'code' ? (
              <TextField
                label={t('buttonCode', { at })}
                hint={t('buttonCodeHint')}
                value={button.example}
                maxLength={limits.code ?? 0}
                error={fault('buttons', index, 'example')}
                onChange={(example) => change({ ...button, example })}
              />
            ) : (
              <TextField
                label={t('buttonLabel', { at })}
                lang={lang}
                value={button.label}
                maxLength={limits.label}
                error={fault('buttons', index, 'label')}
                onChange={(label) => change({ ...button, label })}
              />
            )}
            {button.kind === 'url' ? (
              <TextField
                label={t('buttonUrl', { at })}
                hint={limits.places ? t('buttonUrlHint', { place: '{{1}}' }) : undefined}
                placeholder="https://"
                value={button.url}
                maxLength={2000}
                error={fault('buttons', index, 'url')}
                onChange={(url) => change({ ...button, url })}
              />
            ) : null}
            {button.kind === 'url' && limits.places && button.url.includes('{{') ? (
              <TextField
                label={t('buttonUrlExample', { at })}
                type="url"
                placeholder="https://"
                value={button.example ?? ''}
                maxLength={2000}
                error={fault('buttons', index, 'example')}
                onChange={(example) => change({ ...button, example })}
              />
            ) : null}
            {button.kind === 'phone' ? (
              <TextField
                label={t('buttonPhone', { at })}
                placeholder="+8613800000000"
                value={button.phone}
                maxLength={20}
                error={fault('buttons', index, 'phone')}
                onChange={(phone) => change({ ...button, phone })}
              />
            ) : null}
            <Button
              size="small"
              danger
              icon={<DeleteOutlined aria-hidden />}
              onClick={() => onChange(buttons.filter((one) => one !== button))}
            >
              {t('removeButton', { at })}
            </Button>
          </div>
        )
      })}
      {next ? (
        <Button icon={<PlusOutlined aria-hidden />} onClick={() => onChange([...buttons, buttonAs(next, '')])}>
          {t('addButton')}
        </Button>
      ) : null}
    </fieldset>
  )
}
