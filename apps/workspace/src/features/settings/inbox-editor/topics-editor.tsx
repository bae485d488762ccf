import { Button, Input } from 'antd'
import { useWords } from '../../../shared/i18n.ts'
import type { Problems } from '../parts/problems.ts'
import { MoveButtons, RemoveButton } from '../parts/row-buttons.tsx'
import { moved } from './form-fields.ts'
import { leaveWords } from './leave-words.ts'
import { type Topic, newTopic } from './topics.ts'

const mostTopics = 20

interface TopicsEditorProps {
  topics: Topic[]
  problems: Problems
  onChange: (topics: Topic[]) => void
}

/** What a message can be about: the name for visitors, the code for the rules of queues. */
export function TopicsEditor({ topics, problems, onChange }: TopicsEditorProps) {
  const t = useWords(leaveWords)
  const replace = (index: number, part: Partial<Topic>): void =>
    onChange(topics.with(index, { ...(topics[index] ?? newTopic(topics)), ...part }))
  const wrong = (index: number, name: keyof Topic) => (problems.has(`offline.topics.${index}.${name}`) ? 'error' : '')
  return (
    <div>
      {topics.map((topic, index) => {
        const label = topic.label || topic.key
        return (
          <div key={index} className="st-row">
            <Input
              aria-label={t('topicLabel', { n: index + 1 })}
              placeholder={t('topicLabelPlaceholder')}
              value={topic.label}
              maxLength={60}
              status={wrong(index, 'label')}
              onChange={(event) => replace(index, { label: event.target.value })}
            />
            <Input
              aria-label={t('topicKey', { n: index + 1 })}
              value={topic.key}
              maxLength={40}
              status={wrong(index, 'key')}
              style={{ width: 140, flex: 'none' }}
              onChange={(event) => replace(index, { key: event.target.value.trim() })}
            />
            <MoveButtons
              up={t('upTopic', { label })}
              down={t('downTopic', { label })}
              index={index}
              count={topics.length}
              onMove={(to) => onChange(moved(topics, index, to))}
            />
            <RemoveButton label={t('removeTopic', { label })} onClick={() => onChange(topics.toSpliced(index, 1))} />
          </div>
        )
      })}
      <Button
        size="small"
        disabled={topics.length >= mostTopics}
        onClick={() => onChange([...topics, newTopic(topics)])}
      >
        {t('addTopic')}
      </Button>
      {topics.length > 0 ? <p className="q-field-hint">{t('topicKeyHint')}</p> : null}
    </div>
  )
}
