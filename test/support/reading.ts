/** What nobody who hesitates is told. */
export const pressing =
  /\b(must|need to|should|fix|broken|last chance|only \w+ left|before it is too late|everyone|your fault|convince|win over)\b|!/i

/**
 * The school grade that a text asks of its reader (Flesch and Kincaid 1975: 0.39 words a sentence + 11.8 syllables a word
 * − 15.59). Addresses and numbers count as one plain word each.
 */
export function gradeOf(text: string): number {
  const plain = text.replace(/https?:\S+|\{\w+\}/g, 'it').replace(/[0-9][0-9:.,-]*/g, 'ten')
  const sentences = plain.split(/[.?:;]+(?=\s|$)/).filter(part => /[a-z]/i.test(part)).length
  const words = plain.match(/[a-z’'-]+/gi) ?? []
  const syllables = words.reduce((sum, word) => sum + syllablesOf(word), 0)
  return (0.39 * words.length) / sentences + (11.8 * syllables) / words.length - 15.59
}

/** Counted by groups of vowels; a silent e at the end is none. */
function syllablesOf(word: string): number {
  const bare = word.toLowerCase().replace(/[^a-z]/g, '')
  const spoken = bare.replace(/(?:[^laeiouy]es|[^aeiouydt]ed|[^laeiouy]e)$/, end => end[0] ?? '').replace(/^y/, '')
  return Math.max(1, spoken.match(/[aeiouy]{1,2}/g)?.length ?? 0)
}

/**
 * The texts of a page, one a paragraph, heading, label, button or list item, as somebody reads them. Return words
 * are drawn, and left out.
 */
export function textsOf(html: string): string[] {
  const main = /<main[^>]*>([\s\S]*)<\/main>/.exec(html)?.[1] ?? ''
  return main
    .replace(/<(textarea|script)[^>]*>[\s\S]*?<\/\1>|<p class="words"[^>]*>[^<]*<\/p>/g, '')
    .split(/<\/?(?:p|h[1-4]|li|label|button|summary|legend|dt|dd|div|section|blockquote|a class[^>]*)\b[^>]*>/)
    .map(part =>
      part
        .replace(/<[^>]+>/g, ' ')
        .replace(/&#?\w+;/g, ' ')
        .replace(/\s+/g, ' ')
        .trim()
    )
    .filter(text => /[a-z]/i.test(text))
}

/**
 * What of a page would leave more in the browser's history than it may: a private page's forms whose answer does not take
 * the page's place. A yes to a time leads on to a booking of one's own. Also where the quick way out is missing.
 */
export function entriesIn(html: string): string[] {
  const forms = [...html.matchAll(/<form method="post"[^>]*>/g)].map(([form]) => form).filter(isNoYes)
  const leaving = html.includes('<body data-one-entry') ? forms.filter(form => !form.includes('hx-post=')) : []
  return html.includes('data-leave') ? leaving : [...leaving, 'there is no quick way out']
}

const isNoYes = (form: string) => !/action="\/a\/[^"]+\/acceptance"/.test(form)
