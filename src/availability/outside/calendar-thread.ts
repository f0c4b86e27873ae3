import { parentPort, workerData } from 'node:worker_threads'
import { type Ask, askOutside } from './ask-outside.ts'
import { fetchText, type Validators } from './fetch-text.ts'
import { readBusy } from './read-busy.ts'
import type { Outcome, Said, Task } from './task.ts'
import { Unreadable } from './unreadable.ts'

/**
 * A thread of its own: what comes from outside is fetched and read here, where it can take neither the time nor the
 * memory of others.
 */
const task: Task = workerData
const say = (said: Said, transferred: ArrayBuffer[] = []) => parentPort?.postMessage(said, transferred)

say('ready')
const outcome = await fetchAndRead(task).catch((error: unknown): Outcome => {
  if (error instanceof Unreadable) return { kind: 'fault', fault: error.fault }
  throw error
})
say(outcome, outcome.kind === 'read' ? [outcome.busy.buffer] : [])

async function fetchAndRead({ access, known, question, loopback }: Task): Promise<Outcome> {
  const ask: Ask = asked => askOutside(asked, loopback)
  if (access.kind === 'caldav') {
    // Loaded by those alone that need it.
    const { fetchCaldav } = await import('./fetch-caldav.ts')
    const texts = await fetchCaldav(access, question, ask)
    return read(texts.join('\r\n'), { etag: null, lastModified: null })
  }
  const fetched = await fetchText(access, known, ask)
  return fetched === 'unchanged' ? { kind: 'unchanged' } : read(fetched.text, fetched)
}

function read(text: string, { etag, lastModified }: Validators): Outcome {
  const isEmpty = task.access.kind === 'caldav' && text === ''
  const { busy, skipped } = isEmpty ? { busy: [], skipped: 0 } : readBusy(text, task.question)
  return { kind: 'read', busy: Float64Array.from(busy), skipped, etag, lastModified }
}
