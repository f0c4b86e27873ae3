/**
 * One line of plain text for a calendar: white space of any kind becomes one blank, control characters and those that
 * turn the direction of writing go, half surrogate pairs are replaced. A raw line break anywhere kills a whole feed
 * in most clients, so every name passes here before it is written.
 */
export function oneLine(text: string): string {
  return text
    .toWellFormed()
    .replace(/\s+/gu, ' ')
    .replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '')
    .trim()
}

/**
 * A mail address as it may stand behind `mailto:` (RFC 6068, section 2): what is not plain is percent-encoded.
 * @throws TypeError when it is not an address at all
 */
export function mailboxAddress(address: string): string {
  const text = oneLine(address)
  if (!/^[^@ ]+@[^@ ]+$/.test(text)) throw new TypeError('A calendar needs a mail address of the form name@host')
  return text.replace(/[^\w.!#$&'*+\-/=?^`{|}~@]/gu, encodeURIComponent)
}

/**
 * A web address as it may stand in URL (RFC 5545, 3.3.13): the writer escapes commas, semicolons and backslashes as
 * if it were text, so they are percent-encoded before.
 * @throws TypeError when it is no address, or not of the web
 */
export function webAddress(address: string): string {
  const url = new URL(address)
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw new TypeError('A calendar links to the web only')
  return url.href.replace(/[,;\\]/g, encodeURIComponent)
}
