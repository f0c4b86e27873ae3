import { isMailboxShared } from '../identity/address-store.ts'
import { linkOf } from '../identity/ask-address.ts'
import { readCode } from '../identity/codes.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { findAddressRequest } from '../identity/request-store.ts'
import { linkBase } from '../identity/scope.ts'
import type { NoticeDeps } from './mailer.ts'
import type { personWords } from './person-words.ts'
import { type Office, render, type Words } from './render.ts'
import { templates } from './templates.ts'

/**
 * What a mail about a sign-in says now, or nothing where its code was used or is over. Known and unknown addresses cost
 * the same.
 * @param subject the code, where it is one to sign in with
 */
export async function signInWords(
  deps: NoticeDeps,
  scope: PracticeScope,
  template: keyof typeof personWords,
  subject: string,
  office: Office
): Promise<Words | undefined> {
  const base = linkBase(deps.settings, scope.practice)
  if (template === 'sign-in-ended') return render(templates[template], { link: `${base}/sign-in` }, office)
  if (template === 'details-changed') return render(templates[template], { link: `${base}/contact` }, office)
  const code = await readCode(deps, deps.db, scope, subject)
  const request = code && (await findAddressRequest(deps.db, scope, { id: code.subject }, deps.now()))
  if (!request) return undefined
  const link = `${base}/s/${await linkOf(deps, scope, request)}`
  const bare = await isMailboxShared(deps.db, scope, request.carrierId)
  return bare
    ? render(templates['sign-in-bare'], { code: code.code }, office)
    : render(templates['sign-in'], { code: code.code, link }, office)
}
