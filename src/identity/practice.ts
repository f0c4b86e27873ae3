import type { Policies } from '../../db/schema/identity.ts'

/** The tenant: every row belongs to one. */
export interface Practice {
  id: string
  name: string
  discreetName: string
  hosts: readonly string[]
  linksHost: string | null
  zone: string
  currency: string
  policies: Policies
  termsVersion: number
}

declare const proven: unique symbol

/** Proof that identity has established which practice a request or job belongs to. Nobody else can make one. */
export type PracticeScope = Readonly<{ practice: Practice; [proven]: true }>
