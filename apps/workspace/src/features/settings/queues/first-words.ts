import { defineWords } from '../../../shared/i18n.ts'

export const firstWords = defineWords('settings-queue-first-words', {
  'zh-CN': {
    points: '分',
    topics: '优先的留言主题',
    topicsHint: '留言选择了这个主题时加分，与客户的分数相加。可以从接入渠道的主题中选择，或输入代码。',
    topic: '第 {{n}} 个主题',
    topicPoints: '第 {{n}} 个主题的分数',
    addTopic: '添加主题',
    removeTopic: '删除第 {{n}} 个主题',
    words: '优先的字词',
    wordsHint: '客户最先写的内容里出现其中任何一个时加分，不分大小写；邮件也看主题。例如“投诉”“漏水”。负数表示靠后。',
    wordsOf: '第 {{n}} 组字词',
    wordsPlaceholder: '输入后按回车',
    wordsPoints: '第 {{n}} 组字词的分数',
    addWords: '添加字词',
    removeWords: '删除第 {{n}} 组字词',
  },
  en: {
    points: 'points',
    topics: 'Topics with priority',
    topicsHint:
      'Points for messages that were left on a topic, added to those of the customer. Choose among the topics of the inboxes, or type a code.',
    topic: 'Topic {{n}}',
    topicPoints: 'Points of topic {{n}}',
    addTopic: 'Add a topic',
    removeTopic: 'Remove topic {{n}}',
    words: 'Words with priority',
    wordsHint:
      'Points when one of them stands anywhere in what the customer writes first, or in the subject of a letter; capitals do not matter. Negative ones put behind.',
    wordsOf: 'Words {{n}}',
    wordsPlaceholder: 'Type, then Enter',
    wordsPoints: 'Points of words {{n}}',
    addWords: 'Add words',
    removeWords: 'Remove words {{n}}',
  },
})
