// Whoever imports this folder has to find its types, and they cannot be imported.
// oxlint-disable-next-line typescript/triple-slash-reference
/// <reference path="./package.d.ts" />
import smpp from 'smpp'

// Octets, not what the package makes of them: which letters data_coding 0 stands for differs from account to account.
for (const filtered of [smpp.commands.deliver_sm?.params?.short_message, smpp.tlvs.message_payload]) {
  if (filtered) filtered.filter = undefined
}

export const { connect, createServer, PDU, encodings } = smpp
export type { Fields, Session as Connection } from 'smpp'
/** One unit of the protocol, read or to be written. */
export type Pdu = InstanceType<typeof PDU>
