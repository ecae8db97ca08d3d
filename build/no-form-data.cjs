// Stands for form-data in the bundle (bundle-paths.json). autocannon loads it for
// multipart bodies, which our load never sends, and with it the table of all
// media types: half of what autocannon weighs.
module.exports = class FormData {
  constructor() {
    throw new Error('multipart bodies are not sent')
  }
}
