import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { FastifyPluginAsync } from 'fastify'
import { SMTPServer, type SMTPServerDataStream } from 'smtp-server'
import type { Clock } from '../kernel/time.ts'
import { mailRoutes } from './mail-routes.tsx'
import { openMailStore } from './mail-store.ts'
import type { Log } from './postgres.ts'

export interface MailCatcher {
  /** What SMTP_URL would say. */
  url: string
  /** The pages and the list of what was caught. */
  plugin: FastifyPluginAsync
  close(): Promise<void>
}

/** The largest mail taken, in bytes. */
const largest = 25_000_000

/**
 * A mail server on 127.0.0.1 that keeps every mail below `dataDir` and sends none on. It says 250 only once a mail is on
 * the disk for good; one that cannot be kept is answered with 452, so that the sender tries again.
 */
export async function startMail({
  dataDir,
  log,
  now
}: {
  dataDir: string
  log: Log
  now: Clock
}): Promise<MailCatcher> {
  const store = await openMailStore(join(dataDir, 'mails'))
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    size: largest,
    closeTimeout: 1000,
    onData(stream, { envelope }, done) {
      const recipients = envelope.rcptTo.map(({ address }) => address)
      receive(stream)
        .then(raw => (raw ? store.keep(raw, recipients, now()) : Promise.reject(tooLarge())))
        .then(
          () => done(),
          error => {
            log.error(`A mail was not kept: ${String(error.code ?? error.name)}`)
            done('responseCode' in error ? error : reply(452, 'The mail could not be kept; try again'))
          }
        )
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  server.on('error', () => log.warn('A mail connection failed'))
  const { port } = server.server.address() as AddressInfo
  return {
    url: `smtp://127.0.0.1:${port}`,
    plugin: mailRoutes(store),
    close: () => new Promise(resolve => server.close(() => resolve()))
  }
}

/** The whole message, or undefined when it was too large. */
async function receive(stream: SMTPServerDataStream): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) if (!stream.sizeExceeded) chunks.push(chunk)
  return stream.sizeExceeded ? undefined : Buffer.concat(chunks)
}

function tooLarge(): Error {
  return reply(552, `A mail may have ${largest} bytes at most`)
}

/** RFC 5321, 4.2.3. */
function reply(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode })
}
