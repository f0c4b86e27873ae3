import { runBatch } from '../../support/batch.ts'

await runBatch('browser-rest-2')
