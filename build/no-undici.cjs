// Stands for undici in the bundle (bundle-paths.json). @actions/http-client
// makes undici's proxy agent for callers that use fetch, and nothing here is
// one: @actions/core sends its OIDC request through node:https, with a tunnel
// where there is a proxy. Undici would be a third of the bundle.
module.exports = {
  ProxyAgent: class {
    constructor() {
      throw new Error('this bundle holds no undici: see build/README.md')
    }
  }
}
