// The page is in English, and an app writes in a language of its own, which no message of Slack
// names. Assistive technology reads a part by its `lang` (WCAG 2.2, 3.1.2 "Language of Parts").

/** The language of a text by its script; undefined if it is the page's own. */
export function languageOf(text) {
  return /\p{Script=Hangul}/u.test(text) ? 'ko' : undefined
}
