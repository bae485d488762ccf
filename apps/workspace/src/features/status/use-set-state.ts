import { type AgentState, type InputOf, setMyState } from '@qiao/protocol'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App } from 'antd'
import { call } from '../../shared/api.ts'
import { explain } from '../../shared/error-words.ts'
import { inTurn } from '../../shared/in-turn.ts'
import { framesOfState, myRoutingQuery, putAnswered, putMyState } from '../../shared/routing/my-routing.ts'
import { serverNow } from '../../shared/server-time.ts'

type Change = InputOf<typeof setMyState>['body']
export type Choice = Required<Omit<Change, 'work'>>

interface Tried {
  before: AgentState | undefined
  frames: number
}

/** Shows the chosen state at once; a refusal puts the old one back and says why. Each change is told by a frame, too. */
export function useSetState(): (choice: Choice & Pick<Change, 'work'>) => void {
  const client = useQueryClient()
  const { message } = App.useApp()
  const { turn, isLast } = inTurn(client, 'my-state')
  const { mutate } = useMutation({
    ...turn,
    mutationFn: (body: Choice & Pick<Change, 'work'>) => call(setMyState, { body }),
    onMutate: ({ state, reasonId }): Tried => {
      const before = client.getQueryData(myRoutingQuery.queryKey)?.state
      if (before) putMyState(client, { ...before, state, reasonId, since: new Date(serverNow()).toISOString() })
      return { before, frames: framesOfState() }
    },
    onError: (error, _choice, tried) => {
      void message.error(explain(error))
      if (!isLast()) return
      if (tried?.before) putAnswered(client, tried.before, tried.frames)
      // What was before may be what another refused change had shown.
      void client.invalidateQueries({ queryKey: myRoutingQuery.queryKey })
    },
    onSuccess: (state, _choice, tried) => {
      if (isLast()) putAnswered(client, state, tried.frames)
    },
  })
  return mutate
}
