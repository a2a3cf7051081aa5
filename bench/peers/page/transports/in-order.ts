import type { Video } from '#contract/videos.ts'
import type { Transport } from '../layer.ts'

/**
 * Sends a rename once the video's request in flight has returned, with the version that it brought.
 * Otherwise, the server would not know the video yet, and every contender would lose the name.
 */
export function inOrder(server: Transport): Transport {
  const latest = new Map<string, Promise<Video>>()

  function note(id: string, answer: Promise<Video>): Promise<Video> {
    latest.set(id, answer)
    return answer
  }

  return {
    list: server.list,
    link: (link) => note(link.id, server.link(link)),
    rename: (video, filename) => {
      const earlier = latest.get(video.id) ?? Promise.resolve(video)
      return note(
        video.id,
        earlier.then((saved) => server.rename(saved, filename)),
      )
    },
  }
}
