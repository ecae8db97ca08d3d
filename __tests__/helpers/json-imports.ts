/**
 * A transformer of jest for modules that import JSON without the attribute that the language asks for
 * (ECMAScript 2025, "Import Attributes"): it adds the attribute.
 */
export default {
  process: (source: string) => ({
    code: source.replaceAll(/( from "[^"]+\.json")/g, '$1 with { type: "json" }')
  })
}
