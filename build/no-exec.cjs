// Stands for @actions/exec in the bundle (bundle-paths.json): @actions/core
// starts a process only to describe the platform, which nothing here asks for.
module.exports = {
  getExecOutput() {
    throw new Error('this bundle starts no processes: see build/README.md')
  }
}
