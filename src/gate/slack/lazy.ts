import { SlackError, type Slack } from './slack.ts'

/** Makes a Slack that connects at the first use. If its secret cannot be read, only the calls to Slack fail. */
export function lazySlack(connect: () => Promise<Slack>): Slack {
  const connected = async (): Promise<Slack> => {
    try {
      return await connect()
    } catch (error) {
      throw new SlackError('connection', 'its secret cannot be read', { cause: error })
    }
  }
  return {
    post: async (...args) => (await connected()).post(...args),
    reply: async (...args) => (await connected()).reply(...args),
    update: async (...args) => (await connected()).update(...args),
    ephemeral: async (...args) => (await connected()).ephemeral(...args),
    openView: async (...args) => (await connected()).openView(...args),
    pushView: async (...args) => (await connected()).pushView(...args),
    person: async (...args) => (await connected()).person(...args),
    groupMembers: async (...args) => (await connected()).groupMembers(...args)
  }
}
