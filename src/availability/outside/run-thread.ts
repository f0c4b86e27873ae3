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
const lookEachMs = 200

let running = 0
const waiting: (() => void)[] = []

/**
 * Fetches and reads one calendar in a thread of its own, which is ended when it works for more than 2 s or needs too
 * much memory. No more than three at once: the others wait in line.
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
  const end = (fault: 'too-much' | 'too-slow') => resolve({ kind: 'fault', fault })
  const inAll = setTimeout(end, mostInAll * 1000, 'too-slow')
  let watch: NodeJS.Timeout | undefined
  worker.on('message', (said: Said) => {
    if (said === 'ready') watch = watchWork(worker, () => end('too-much'))
    else resolve(said)
  })
  worker.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') end('too-much')
    else reject(error)
  })
  worker.on('exit', () => end('too-much'))
  try {
    return await promise
  } finally {
    clearTimeout(inAll)
    clearInterval(watch)
    await worker.terminate()
  }
}

/**
 * Ends what works for too long, by the thread's own clock: it stands still while a server is waited for, and where the
 * machine has much to do, a good calendar is not taken for a bad one.
 */
function watchWork(worker: Worker, end: () => void): NodeJS.Timeout {
  // It may have ended meanwhile, and says so itself.
  const worked = () =>
    worker.cpuUsage().then(
      ({ user, system }) => (user + system) / 1e6,
      () => undefined
    )
  const before = worked()
  return setInterval(async () => {
    const [from, now] = [await before, await worked()]
    if (from !== undefined && now !== undefined && now - from > mostWork) end()
  }, lookEachMs)
}
