import type { AddressInfo } from 'node:net'
import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'
import type { Test } from 'tap'

/** How the server behaves: it takes mails, refuses their recipient, or hangs up after it took one, without a word. */
export type Manner = 'takes' | 'refuses' | 'hangs up'

export interface Received {
  raw: string
  mail: ParsedMail
}

export interface Post {
  url: string
  /** Every mail that the server took, in the order of arrival, also those it did not confirm. */
  received: Received[]
  first(): Received
  behave(manner: Manner): void
  /** Down for good, or until `up`: connections are refused. */
  down(): Promise<void>
  up(): Promise<void>
}

/** A real SMTP server on a port of its own; it closes with the test. */
export async function post(t: Test): Promise<Post> {
  const received: Received[] = []
  let manner: Manner = 'takes'
  let server = start()
  let port = 0
  await listen()
  t.teardown(() => close())
  return {
    get url() {
      return `smtp://127.0.0.1:${port}`
    },
    received,
    first() {
      const [mail] = received
      if (!mail) throw new Error('The server took no mail')
      return mail
    },
    behave: next => {
      manner = next
    },
    down: close,
    async up() {
      server = start()
      await listen()
    }
  }

  function start(): SMTPServer {
    const made: SMTPServer = new SMTPServer({
      disabledCommands: ['AUTH', 'STARTTLS'],
      closeTimeout: 100,
      onRcptTo(_address, _session, callback) {
        callback(manner === 'refuses' ? Object.assign(new Error('No such user'), { responseCode: 550 }) : null)
      },
      onData(stream, _session, callback) {
        const chunks: Buffer[] = []
        stream.on('data', (chunk: Buffer) => chunks.push(chunk))
        stream.on('end', async () => {
          const raw = Buffer.concat(chunks)
          received.push({ raw: raw.toString('latin1'), mail: await simpleParser(raw) })
          if (manner !== 'hangs up') return callback()
          for (const connection of made.connections) connection.close()
        })
      }
    })
    return made
  }

  async function listen(): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    server.on('error', reject)
    server.listen(port, '127.0.0.1', resolve)
    await promise
    port = (server.server.address() as AddressInfo).port
  }

  function close(): Promise<void> {
    return new Promise(resolve => server.close(() => resolve()))
  }
}
