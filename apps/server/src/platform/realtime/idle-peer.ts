import { WebSocket } from 'ws'

/** A peer as a process of its own, for the test that stops it in its tracks: `node idle-peer.ts URL`. */
const socket = new WebSocket(process.argv[2] ?? '')
socket.on('open', () => process.stdout.write('open\n'))
