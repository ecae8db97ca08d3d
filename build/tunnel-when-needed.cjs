// Stands for tunnel in the bundle (bundle-paths.json): @actions/http-client takes
// it where the job has a proxy, and nowhere else.
const load = () => require('../node_modules/tunnel/lib/tunnel.js')
module.exports = {
  httpOverHttp: (options) => load().httpOverHttp(options),
  httpsOverHttp: (options) => load().httpsOverHttp(options),
  httpOverHttps: (options) => load().httpOverHttps(options),
  httpsOverHttps: (options) => load().httpsOverHttps(options)
}
