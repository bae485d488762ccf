import { pino, type DestinationStream, type Logger } from 'pino'

export type Log = Logger
export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent'

const secretNames = [
  'authorization',
  'cookie',
  '"set-cookie"',
  'password',
  'passwordHash',
  'token',
  'accessToken',
  'refreshToken',
  'apiKey',
  'secret',
  'secretAccessKey',
  'databaseUrl',
  'redisUrl',
  'smtpUrl',
]

/** pino's redaction has no "at any depth"; three levels cover `headers.x`, `request.headers.x` and `error.request.headers.x`. */
const secretPaths = secretNames.flatMap((name) => {
  const dotted = name.startsWith('"') ? `[${name}]` : `.${name}`
  const top = name.startsWith('"') ? `[${name}]` : name
  return [top, `*${dotted}`, `*.*${dotted}`, `*.*.*${dotted}`]
})

/** Structured log: one JSON object a line on standard output. Never put customers' words into it. */
export function createLog(options: { level: LogLevel; destination?: DestinationStream }): Log {
  return pino(
    {
      level: options.level,
      base: undefined,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: secretPaths, censor: '[redacted]' },
      serializers: { error: pino.stdSerializers.err, err: pino.stdSerializers.err },
    },
    options.destination ?? (process.stdout.isTTY ? readableLines(process.stdout) : pino.destination(1)),
  )
}

/** A person at a terminal reads `12:30:01 info  message {rest}`; everything else gets the JSON as it is. */
export function readableLines(output: { write(text: string): unknown }): DestinationStream {
  return {
    write(line) {
      const entry: Record<string, unknown> = JSON.parse(line)
      const { level, time, msg = '', ...rest } = entry
      const details = Object.keys(rest).length > 0 ? ` ${JSON.stringify(rest)}` : ''
      output.write(`${text(time).slice(11, 19)} ${text(level).padEnd(5)} ${text(msg)}${details}\n`)
    },
  }
}

const text = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value))
