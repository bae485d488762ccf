/** Answers of any status are values; no answer is one too. `written`: bytes of the request had gone out. */
export interface Http {
  (url: string, request: HttpRequest): Promise<HttpResponse>
}
export interface HttpRequest {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  headers?: Record<string, string>
  body?: string | Buffer
  timeoutMs?: number
  maxBytes?: number
}
export type HttpResponse =
  | { kind: 'answer'; status: number; headers: Record<string, string>; body: Buffer }
  | { kind: 'silence'; written: boolean; reason: string }
