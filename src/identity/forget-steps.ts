import type { Deps } from '../kernel/deps.ts'
import { deleteOverSteps } from './passing-store.ts'

/** Deletes challenges and half sign-ins that are over. Asked each minute. */
export async function forgetSteps({ db, now }: Deps): Promise<void> {
  await deleteOverSteps(db, now())
}
