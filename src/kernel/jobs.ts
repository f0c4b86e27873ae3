import { type JobResult, PgBoss } from 'pg-boss'

/**
 * The queues, each worked apart from the others. `event`: something happened, react to it; `inbox`: Stripe told of something;
 * `due`: rows whose time has come. What asks Stripe has queues of its own, because it may wait long for an answer and
 * nobody else is to wait with it: `stripe` and `stripe-due`. So has what asks calendars outside: `outside-due`.
 */
export const queues = ['event', 'inbox', 'due', 'stripe', 'stripe-due', 'outside-due'] as const
export type Queue = (typeof queues)[number]

/** Asked each minute: at most one job waits and one runs, however long it takes and whether anybody works or not. */
const minutely = ['due', 'stripe-due', 'outside-due'] as const satisfies readonly Queue[]
/** The others: a job is sent when something happens. */
export type SentQueue = Exclude<Queue, (typeof minutely)[number]>

/** Job data: ids only, never a name, an address or a token. */
export type JobData = Record<string, string>
export type Work = (data: JobData) => Promise<void>

export interface Jobs {
  /** Works the queue in the background until `stop`. A failed job is tried again with growing pauses. */
  work(queue: Queue, work: Work): Promise<void>
  /** Every minute, once for all processes: a job in each queue of what is due. */
  everyMinute(): Promise<void>
  /** Does what waits in the queue now, one job after the other; answers how many. For tests and for a start. */
  drain(queue: Queue, work: Work): Promise<number>
  stop(): Promise<void>
}

/**
 * pg-boss 12 with its own small pool (it cannot share a postgres.js client).
 * @param onError hears of every failure, of a job and of the queue itself
 * @param migrate false where the schema is known to be there (a copied test database)
 */
export async function startJobs(
  url: string,
  onError: (error: Error) => void,
  { migrate = true, supervise = true } = {}
): Promise<Jobs> {
  const boss = new PgBoss({
    connectionString: url,
    application_name: 'tandem-jobs',
    max: supervise ? 3 : 1,
    migrate,
    supervise,
    schedule: supervise,
    useListenNotify: false,
    // Nobody listens: `/metrics` counts what we count ourselves.
    openTelemetry: { enabled: false }
  })
  boss.on('error', onError)
  await boss.start()
  if (migrate) for (const queue of queues) await makeQueue(boss, queue)
  return {
    async work(queue, work) {
      // Fetched one by one, a queue would wait half a second between any two: two jobs a second at most.
      const manner = {
        pollingIntervalSeconds: 0.5,
        batchSize: 5,
        burstWhenBatchFull: true,
        perJobResults: true
      } as const
      await boss.work<JobData, unknown, typeof manner>(queue, manner, async jobs => {
        const results: JobResult[] = []
        for (const { id, data } of jobs)
          results.push(
            await work(data).then(
              () => ({ id, status: 'completed' }),
              error => {
                onError(error)
                // pg-boss keeps this beside the job: a library's error would leave what somebody typed there.
                return { id, status: 'failed', output: { message: 'The log says why' } }
              }
            )
          )
        return results
      })
    },
    async everyMinute() {
      for (const queue of minutely) await boss.schedule(queue, '* * * * *')
    },
    async drain(queue, work) {
      let done = 0
      for (;;) {
        const [job] = await boss.fetch<JobData>(queue)
        if (!job) return done
        await work(job.data ?? {})
        await boss.complete(queue, job.id)
        done += 1
      }
    },
    stop: () => boss.stop({ graceful: true, timeout: 10_000 })
  }
}

/**
 * A worker that says nothing of a job for so long is dead: the job is taken from it at the next of pg-boss's rounds (each
 * minute) and done again. Without this, it would be pg-boss's longest time for a job, 15 minutes.
 */
const heartbeatSeconds = 30

/** How a queue's jobs are tried, in pg-boss's words; times in seconds. */
export function settingsOf(queue: Queue) {
  const isMinutely = isAskedEachMinute(queue)
  return {
    // What is due is asked for anew each minute: a try again would come beside that, and multiply.
    retryLimit: isMinutely ? 0 : 12,
    retryDelay: 2,
    retryBackoff: true,
    retryDelayMax: 600,
    heartbeatSeconds,
    policy: isMinutely ? ('stately' as const) : ('standard' as const)
  }
}

/** Makes the queue, or gives one that an earlier version made the settings of this one. */
async function makeQueue(boss: PgBoss, queue: Queue): Promise<void> {
  const { policy, ...settings } = settingsOf(queue)
  // How many may wait is for good: a queue of an earlier version is made anew. What waits there is asked again in a minute.
  const known = await boss.getQueue(queue)
  if (isAskedEachMinute(queue) && known && known.policy !== policy) await boss.deleteQueue(queue)
  await boss.createQueue(queue, { ...settings, policy })
  await boss.updateQueue(queue, settings)
}

const isAskedEachMinute = (queue: Queue) => minutely.some(one => one === queue)
