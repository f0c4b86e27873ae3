/** What a test file gets for `tap` in a batch: its own test among the others. The loader gives each file one of these. */
import { runningTest } from './batch.ts'

export default runningTest()
