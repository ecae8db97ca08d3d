// @actions/core and @actions/github reach undici through @actions/http-client,
// which needs it for one thing: a proxy agent. Evaluating undici costs a
// start-up of about 26 ms (bench/), so the bundle resolves `undici` to this
// file (tsconfig.json, `paths`) and evaluates it when a proxy is really used.
module.exports = {
  get ProxyAgent() {
    return require('../node_modules/undici/lib/dispatcher/proxy-agent.js')
  }
}
