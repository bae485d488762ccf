import { createServer } from 'node:http'
import { WebSocketServer } from 'ws'

/** The floor: a `ws` server that accepts and does nothing else. `node connections-floor.ts PORT` */
const http = createServer()
const sockets = new WebSocketServer({ server: http, perMessageDeflate: false })
sockets.on('connection', (socket) => socket.on('message', () => socket.send('{"type":"ready"}')))
http.listen(Number(process.argv[2]), '127.0.0.1')
