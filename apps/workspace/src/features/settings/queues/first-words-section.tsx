import type { QueueSettings } from '@qiao/protocol'
import { AutoComplete, Button, InputNumber, Select } from 'antd'
import { useWords } from '../../../shared/i18n.ts'
import { Section } from '../../../shared/page-frame.tsx'
import { useInboxes } from '../../../shared/staff.ts'
import { RemoveButton } from '../parts/row-buttons.tsx'
import { useProblemWords } from '../parts/use-problem-words.ts'
import { firstWords } from './first-words.ts'
import type { SectionProps } from './section-props.ts'
import { topicsOf } from './topics-of.ts'

const mostRules = 50

interface PointsProps {
  label: string
  points: number
  onChange: (points: number) => void
}

function Points({ label, points, onChange }: PointsProps) {
  const t = useWords(firstWords)
  return (
    <InputNumber
      aria-label={label}
      value={points}
      precision={0}
      suffix={t('points')}
      style={{ width: 120, flex: 'none' }}
      onChange={(next) => onChange(next ?? 0)}
    />
  )
}

/** Priority by what the customer says at first: the topic of a message that was left, and words. */
export function FirstWordsSection({ queue, draft, problems, readOnly, onSettings }: SectionProps) {
  const t = useWords(firstWords)
  const problem = useProblemWords(problems)
  const topics = topicsOf(queue.id, useInboxes())
  const { topicPriorities, wordPriorities } = draft.settings
  const setTopic = (index: number, part: Partial<QueueSettings['topicPriorities'][number]>): void => {
    const rule = topicPriorities[index]
    if (rule) onSettings({ topicPriorities: topicPriorities.with(index, { ...rule, ...part }) })
  }
  const setWords = (index: number, part: Partial<QueueSettings['wordPriorities'][number]>): void => {
    const rule = wordPriorities[index]
    if (rule) onSettings({ wordPriorities: wordPriorities.with(index, { ...rule, ...part }) })
  }
  const free = topics.find(({ value }) => !topicPriorities.some(({ topic }) => topic === value))
  return (
    <>
      <Section title={t('topics')} hint={t('topicsHint')}>
        {topicPriorities.map((rule, index) => (
          <div key={index} className="st-row">
            <AutoComplete
              aria-label={t('topic', { n: index + 1 })}
              placeholder="complaint"
              value={rule.topic}
              options={topics}
              status={problem(`topicPriorities.${index}.topic`) ? 'error' : ''}
              style={{ flex: 1, minWidth: 0 }}
              onChange={(topic: string) => setTopic(index, { topic: topic.trim() })}
            />
            <Points
              label={t('topicPoints', { n: index + 1 })}
              points={rule.points}
              onChange={(points) => setTopic(index, { points })}
            />
            {readOnly ? null : (
              <RemoveButton
                label={t('removeTopic', { n: index + 1 })}
                onClick={() => onSettings({ topicPriorities: topicPriorities.toSpliced(index, 1) })}
              />
            )}
          </div>
        ))}
        <Button
          size="small"
          disabled={topicPriorities.length >= mostRules}
          onClick={() =>
            onSettings({ topicPriorities: [...topicPriorities, { topic: free?.value ?? '', points: 100 }] })
          }
        >
          {t('addTopic')}
        </Button>
      </Section>
      <Section title={t('words')} hint={t('wordsHint')}>
        {wordPriorities.map((rule, index) => (
          <div key={index} className="st-row">
            <Select
              mode="tags"
              open={false}
              suffixIcon={null}
              aria-label={t('wordsOf', { n: index + 1 })}
              placeholder={t('wordsPlaceholder')}
              value={rule.words}
              maxCount={20}
              tokenSeparators={[',', '，', '、', '\n']}
              status={
                [...problems.keys()].some((key) => key.startsWith(`wordPriorities.${index}.words`)) ? 'error' : ''
              }
              style={{ flex: 1, minWidth: 0 }}
              onChange={(words: string[]) =>
                setWords(index, { words: words.map((word) => word.trim()).filter(Boolean) })
              }
            />
            <Points
              label={t('wordsPoints', { n: index + 1 })}
              points={rule.points}
              onChange={(points) => setWords(index, { points })}
            />
            {readOnly ? null : (
              <RemoveButton
                label={t('removeWords', { n: index + 1 })}
                onClick={() => onSettings({ wordPriorities: wordPriorities.toSpliced(index, 1) })}
              />
            )}
          </div>
        ))}
        <Button
          size="small"
          disabled={wordPriorities.length >= mostRules}
          onClick={() => onSettings({ wordPriorities: [...wordPriorities, { words: [], points: 100 }] })}
        >
          {t('addWords')}
        </Button>
      </Section>
    </>
  )
}
