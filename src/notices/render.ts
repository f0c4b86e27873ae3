import { escapeHtml } from '@kitajs/html'
import { type FactName, foot, optional, type Template } from './template.ts'

/** A mail's words: the same in plain text and in HTML. */
export interface Words {
  subject: string
  text: string
  html: string
}

/** Who writes: the discreet name, and the page that says how the practice writes. */
export interface Office {
  office: string
  about: string
}

/** The facts that a template declares, as far as they are known; another one does not compile. */
export type Told<T extends Pick<Template, 'facts'>> = {
  readonly [Fact in FactName]?: Fact extends T['facts'][number] ? string : never
}

/**
 * Fills a template. Placeholders take the known facts and nothing else; a paragraph that asks for an optional fact is
 * left out where that is not known.
 * @throws TypeError when another fact that the template asks for is not known
 */
export function render<T extends Template>(template: T, facts: Told<T>, { office, about }: Office): Words {
  const known = new Map(Object.entries({ ...facts, office, about }))
  const missing = optional.filter(fact => !known.has(fact))
  const paragraphs = template.paragraphs
    .filter(text => !missing.some(fact => text.includes(`{${fact}}`)))
    .map(text => fill(text, known))
  const end = fill(foot, known)
  return {
    subject: fill(template.subject, known),
    text: `${[...paragraphs, end].join('\n\n')}\n`,
    html: page(paragraphs.map(linked), linked(end))
  }
}

/** What is added in the middle of a sentence ends with a comma, as it begins. */
function fill(text: string, known: ReadonlyMap<string, string>): string {
  return text.replace(/\{(\w+)\}( ?)/g, (_, name: string, blank: string) => {
    const value = known.get(name)
    if (value === undefined) throw new TypeError(`The fact ${name} is not known`)
    return name === 'what' && value && blank ? `${value}, ` : `${value}${blank}`
  })
}

/** Escapes, then makes every web address a link that shows itself. */
function linked(text: string): string {
  return escapeHtml(text).replace(/https?:\/\/[^\s<>"]+/g, address => `<a href="${address}">${address}</a>`)
}

/** No picture, no font, no address but our own: opening it tells nobody. No title, which some previews would show. */
function page(paragraphs: readonly string[], end: string): string {
  const body = paragraphs.map(text => `<p style="margin:0 0 1em">${text}</p>`).join('\n')
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"></head>
<body style="margin:0;padding:24px;font:16px/1.5 sans-serif;color:#222;background:#fff">
<div style="max-width:34em">
${body}
<p style="margin:2em 0 0;font-size:14px;color:#555">${end}</p>
</div>
</body>
</html>
`
}

/** Where somebody else reads the mailbox, a client's mail is one sentence with a time. */
export function wordingFor(template: Template, sharedMailbox: boolean): { wording: Template; bare: boolean } {
  const { bare } = template
  if (!sharedMailbox || bare === undefined) return { wording: template, bare: false }
  return { wording: { ...template, paragraphs: [bare] }, bare: true }
}
