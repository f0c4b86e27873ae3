import { Worker } from 'node:worker_threads'
import type { Outcome, Said, Task } from './task.ts'

/** As it is started: from the build, or from the sources. */
const program = new URL(
  import.meta.url.endsWith('.ts') ? './calendar-thread.ts' : './calendar-thread.js',
  import.meta.url
)
/** What a thread may take: MB of memory, and seconds of work and in all. */
const limits = { maxOldGenerationSizeMb: 192, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 }
const [mostWork, mostInAll] = [2, 30]
const mostAtOnce = 3

let running = 0
const waiting: (() => void)[] = []

/**
 * Fetches and reads one calendar in a thread of its own, which is ended when it works for more than 2 s or needs too much
 * memory. No more than three at once: the others wait in line.
 * @throws what is a mistake of ours
 */
export async function runThread(task: Task): Promise<Outcome> {
  if (running >= mostAtOnce) await new Promise<void>(resolve => waiting.push(resolve))
  running += 1
  try {
    return await inThread(task)
  } finally {
    running -= 1
    waiting.shift()?.()
  }
}

async function inThread(task: Task): Promise<Outcome> {
  const { promise, resolve, reject } = Promise.withResolvers<Outcome>()
  const worker = new Worker(program, { workerData: task, resourceLimits: limits, execArgv: [], name: 'calendar' })
  const endIn = (seconds: number, fault: 'too-much' | 'too-slow') =>
    setTimeout(() => resolve({ kind: 'fault', fault }), seconds * 1000)
  const inAll = endIn(mostInAll, 'too-slow')
  let work: NodeJS.Timeout | undefined
  worker.on('message', (said: Said) => {
    clearTimeout(work)
    if (said === 'working') work = endIn(mostWork, 'too-much')
    else if (said !== 'waiting') resolve(said)
  })
  worker.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') resolve({ kind: 'fault', fault: 'too-much' })
    else reject(error)
  })
  worker.on('exit', () => resolve({ kind: 'fault', fault: 'too-much' }))
  try {
    return await promise
  } finally {
    clearTimeout(inAll)
    clearTimeout(work)
    await worker.terminate()
  }
}
