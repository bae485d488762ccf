import { contentToText, currentContent, type Entry, isMessage, type PublicAgent } from '@qiao/protocol'

const headings = {
  zh: {
    visitor: '访客',
    agent: '客服',
    recalled: '(消息已撤回)',
    apart: '(已按您选择的方式回复)',
    closed: '会话已结束',
  },
  en: {
    visitor: 'Visitor',
    agent: 'Support',
    recalled: '(message recalled)',
    apart: '(answered the way you asked for)',
    closed: 'The conversation was closed',
  },
}

interface TranscriptOptions {
  inboxName: string
  visitorName: string | null
  agents: readonly PublicAgent[]
  language: string
  timeZone: string
}

/** Plain text, one line a message, in the reader's language and time zone. */
export function writeTranscript(entries: readonly Entry[], options: TranscriptOptions): string {
  const words = options.language.startsWith('zh') ? headings.zh : headings.en
  const time = new Intl.DateTimeFormat(options.language, {
    timeZone: options.timeZone,
    dateStyle: 'medium',
    timeStyle: 'short',
  })
  const nameOf = ({ author }: Entry): string => {
    if (author.type === 'contact') return options.visitorName ?? words.visitor
    if (author.type === 'agent') return options.agents.find((agent) => agent.id === author.id)?.name ?? words.agent
    return options.inboxName
  }
  const lines = entries.flatMap((entry) => {
    const at = time.format(new Date(entry.at))
    if (isMessage(entry) && entry.body.apart) {
      const isAnswer = entry.kind === 'message.sent' && !entry.body.notice
      return isAnswer ? [`[${at}] ${nameOf(entry)}: ${words.apart}`] : []
    }
    if (isMessage(entry)) {
      const content = currentContent(entry)
      return [`[${at}] ${nameOf(entry)}: ${content ? contentToText(content) : words.recalled}`]
    }
    return entry.kind === 'conversation.closed' ? [`[${at}] ${words.closed}`] : []
  })
  return [options.inboxName, '', ...lines, ''].join('\n')
}
