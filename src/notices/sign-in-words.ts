import { findAddressRequest, isMailboxShared } from '../identity/address-store.ts'
import { linkOf } from '../identity/ask-address.ts'
import { readCode } from '../identity/codes.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { linkBase } from '../identity/scope.ts'
import type { NoticeDeps } from './mailer.ts'

type SignInWords =
  | { template: 'sign-in'; facts: { code: string; link: string } }
  | { template: 'sign-in-bare'; facts: { code: string } }

/** What a mail to sign in says now, or nothing where its code was used or is over. Known and unknown addresses cost the same. */
export async function signInWords(
  deps: NoticeDeps,
  scope: PracticeScope,
  codeId: string
): Promise<SignInWords | undefined> {
  const code = await readCode(deps, deps.db, scope, codeId)
  const request = code && (await findAddressRequest(deps.db, scope, { id: code.subject }, deps.now()))
  if (!request) return undefined
  const link = `${linkBase(deps.settings, scope.practice)}/s/${await linkOf(deps, scope, request)}`
  const bare = await isMailboxShared(deps.db, scope, request.carrierId)
  return bare
    ? { template: 'sign-in-bare', facts: { code: code.code } }
    : { template: 'sign-in', facts: { code: code.code, link } }
}
