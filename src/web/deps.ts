import type { NoticeDeps } from '../notices/mailer.ts'
import type { PaymentDeps } from '../payments/deps.ts'

/** Pages meet every feature: they need what all of them need. */
export type WebDeps = PaymentDeps & NoticeDeps
