import { runBatch } from '../support/batch.ts'

await runBatch('bookings-4')
