import { runBatch } from '../support/batch.ts'

await runBatch('bookings-races-2')
