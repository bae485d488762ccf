/** What is used of the package, which brings no types of its own. */
declare module 'smpp' {
  import type { EventEmitter } from 'node:events'
  import type { Server as NetServer, Socket } from 'node:net'

  interface Fields {
    [name: string]: string | number | Buffer | undefined
    message_payload?: Buffer
    short_message?: Buffer
  }
  class PDU {
    constructor(command: string | Buffer, fields?: Fields)
    static fromBuffer(buffer: Buffer): PDU | false
    readonly command: string
    readonly command_status: number
    readonly sequence_number: number
    readonly source_addr?: string
    readonly source_addr_ton?: number
    readonly source_addr_npi?: number
    readonly destination_addr?: string
    readonly dest_addr_ton?: number
    readonly dest_addr_npi?: number
    readonly esm_class?: number
    readonly data_coding?: number
    readonly registered_delivery?: number
    readonly interface_version?: number
    readonly system_id?: string
    readonly password?: string
    readonly message_id?: string
    readonly receipted_message_id?: string
    readonly message_state?: number
    readonly sar_msg_ref_num?: number
    readonly sar_total_segments?: number
    readonly sar_segment_seqnum?: number
    /** Bytes in deliver_sm, once its filter is taken away; what the package makes of them in submit_sm. */
    readonly short_message?: Buffer | { message: string | Buffer; udh?: Buffer[] }
    readonly message_payload?: Buffer
    isResponse(): boolean
    response(fields?: Fields): PDU
    toBuffer(): Buffer
  }
  class Session extends EventEmitter {
    readonly socket: Socket
    /** False when it cannot be written; `answered` is called with the response, `sent` once it was handed to the system. */
    send(pdu: PDU, answered?: (response: PDU) => void, sent?: () => void): boolean
    close(): void
    destroy(): void
  }
  interface Server extends NetServer {
    readonly sessions: Session[]
  }
  interface Coding {
    encode(text: string): Buffer
    decode(bytes: Buffer): string
    match(text: string): boolean
  }
  interface Library {
    connect: (options: { host: string; port: number; tls?: boolean; servername?: string }) => Session
    createServer: (listener: (session: Session) => void) => Server
    PDU: typeof PDU
    commands: Record<string, { params?: Record<string, { filter?: unknown }> }>
    tlvs: Record<string, { filter?: unknown }>
    encodings: Record<'ASCII' | 'LATIN1' | 'UCS2', Coding>
  }
  const library: Library
  export default library
  export type { PDU, Session, Server, Fields }
}
