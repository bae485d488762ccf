import type { Agent } from '@qiao/protocol'
import { Avatar } from '../../../shared/avatar.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { useMe } from '../../../shared/session.ts'
import { words } from './words.ts'

export function AgentTitle({ agent }: { agent: Agent }) {
  const t = useWords(words)
  const me = useMe()
  return (
    <div className="q-table-name">
      <Avatar id={agent.id} name={agent.name} url={agent.avatarUrl} size={28} />
      <div>
        <div>
          {agent.name}
          {agent.id === me.id ? <span className="q-quiet"> · {t('you')}</span> : null}
          {agent.disabledAt ? <span className="q-state-bad"> · {t('disabled')}</span> : null}
        </div>
        <div className="q-quiet">{agent.email}</div>
      </div>
    </div>
  )
}
