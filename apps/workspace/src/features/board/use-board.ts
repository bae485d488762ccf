import { type Board, type QueueLoad, readBoard } from '@qiao/protocol'
import { type QueryClient, queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { call } from '../../shared/api.ts'
import { onReconnect, onRoutingFrame, sendFrame } from '../../shared/realtime/realtime.ts'
import { openOnBoard } from './hold-board.ts'
import { workKey } from './work-query.ts'

const boardKey = ['board'] as const
export const boardQuery = queryOptions({
  queryKey: boardKey,
  queryFn: async ({ signal, client }): Promise<Board> => newer(client, await call(readBoard, {}, { signal })),
})

/** A frame can overtake the first reading. */
function newer(client: QueryClient, board: Board): Board {
  const held = client.getQueryData<Board>(boardKey)
  return held && Date.parse(held.at) > Date.parse(board.at) ? held : board
}

const figuresOf = ({ waiting, offered, held, longestSince, today }: QueueLoad): string =>
  JSON.stringify([waiting, offered, held, longestSince, today])

function moved(before: Board | undefined, after: Board): string[] {
  const known = new Map(before?.queues.map((load) => [load.queueId, figuresOf(load)]))
  return after.queues.filter((load) => known.get(load.queueId) !== figuresOf(load)).map((load) => load.queueId)
}

/** The board as it is, for as long as it is on screen: read once, then told by the socket. */
export function useBoard() {
  const client = useQueryClient()
  useEffect(() => {
    const watch = (): void => void sendFrame({ type: 'watch-board', on: true })
    watch()
    const stopReconnect = onReconnect(watch)
    const show = (board: Board): void => {
      const before = client.getQueryData<Board>(boardKey)
      client.setQueryData(boardKey, newer(client, board))
      // The board says that something moved; lists that are unfolded ask what.
      for (const queueId of moved(before, board)) {
        void client.invalidateQueries({ queryKey: [...workKey, queueId] })
      }
    }
    let told: Board | null = null
    const showTold = (): void => {
      if (!told || openOnBoard.get() > 0) return
      show(told)
      told = null
    }
    const stopFrames = onRoutingFrame((frame) => {
      if (frame.type !== 'board') return
      told = frame.board
      showTold()
    })
    const stopHolding = openOnBoard.subscribe(showTold)
    return () => {
      stopReconnect()
      stopFrames()
      stopHolding()
      sendFrame({ type: 'watch-board', on: false })
    }
  }, [client])
  return useQuery({ ...boardQuery, staleTime: 0 })
}
