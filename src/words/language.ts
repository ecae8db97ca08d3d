/** The languages in which the action and the gate speak to people. */
export const LANGUAGES = ['en', 'ko'] as const

export type Language = (typeof LANGUAGES)[number]

/**
 * The sentences of a language other than English: the English sentence, with `{0}`, `{1}` for
 * its values, and the translation with the same places in the order that the language wants.
 */
export type Catalogue = Readonly<Record<string, string>>
