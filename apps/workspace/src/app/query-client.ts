import { QueryClient } from '@tanstack/react-query'
import { ApiError, mayPass } from '../shared/api.ts'

const worthRetrying = (error: unknown): boolean => !(error instanceof ApiError) || mayPass(error)

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // Realtime keeps what is on screen fresh; a focus or a mount need not ask again.
      staleTime: 30_000,
      refetchOnWindowFocus: false,
      retry: (count, error) => count < 2 && worthRetrying(error),
      retryDelay: (attempt) => Math.min(8000, 500 * 2 ** attempt) * (0.5 + Math.random() / 2),
    },
    mutations: { retry: false },
  },
})
