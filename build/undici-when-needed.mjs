// Stands for undici in the bundle (bundle-paths.json). @actions/http-client
// imports it for callers that use fetch, and only @actions/github is one:
// @actions/core sends its OIDC request through node:https. Undici would be a
// third of what every release loads, so it is a chunk of its own.

/** What http-client makes where a proxy is set; made for real when it is used. */
export class ProxyAgent {
  constructor(options) {
    this.options = options
  }
}

export async function fetch(address, { dispatcher, ...options } = {}) {
  const undici = await import('../node_modules/undici/index.js')
  const through = dispatcher ? { dispatcher: new undici.ProxyAgent(dispatcher.options) } : {}
  return undici.fetch(address, { ...options, ...through })
}
