import { Modal } from 'antd'
import { useState } from 'react'
import { type Command, currentCommands, keyText } from '../../shared/commands.ts'
import { useWords } from '../../shared/i18n.ts'
import { useMe } from '../../shared/session.ts'
import { paletteWords } from './words.ts'
import './palette.css'

export function ShortcutSheet({ onClose }: { onClose: () => void }) {
  const t = useWords(paletteWords)
  const enterSends = useMe().preferences.sendWith === 'enter'
  const [groups] = useState(() => groupsOf(currentCommands()))
  const composer = [
    { title: t('send'), keys: enterSends ? 'Enter' : 'mod+Enter' },
    { title: t('newline'), keys: enterSends ? 'shift+Enter' : 'Enter' },
    { title: t('close'), keys: 'Escape' },
  ]
  return (
    <Modal open footer={null} title={t('sheet')} onCancel={onClose} width={960} centered>
      <p className="q-palette-group">{t('sheetHint')}</p>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- on a low screen it scrolls, by keyboard too */}
      <div className="q-sheet-scroll" role="region" aria-label={t('sheet')} tabIndex={0}>
        <div className="q-sheet">
          {[...groups, [t('composer'), composer] as const].map(([group, commands]) => (
            <section key={group}>
              <h3>{group}</h3>
              <dl>
                {commands.map(({ title, keys }) => (
                  <div key={title}>
                    <dt>{title}</dt>
                    <dd>{keys ? <kbd className="q-kbd">{keyText(keys)}</kbd> : null}</dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
        </div>
      </div>
    </Modal>
  )
}

function groupsOf(commands: readonly Command[]): [string, Command[]][] {
  const groups = new Map<string, Command[]>()
  for (const command of commands) {
    if (command.keys) groups.set(command.group, [...(groups.get(command.group) ?? []), command])
  }
  return [...groups]
}
