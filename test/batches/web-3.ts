import { runBatch } from '../support/batch.ts'

await runBatch('web-3')
