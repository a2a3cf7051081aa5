import { and, asc, eq } from 'drizzle-orm'
import type { Captions } from '#contract/captions.ts'
import type { Database } from '../../db/database.ts'
import { mediaCaptions } from '../../db/schema.ts'
import type { CaptionsText } from './read-captions.ts'

/** The captions of media assets, which are deleted with their asset. */
export function captionsRepository(database: Database) {
  return {
    async find(mediaId: string, language: string): Promise<string | undefined> {
      const [row] = await database
        .select({ text: mediaCaptions.text })
        .from(mediaCaptions)
        .where(matchesKey(mediaId, language))
      return row?.text
    },

    /** Stores captions, replacing those in the same language. */
    async put(
      mediaId: string,
      language: string,
      { text, cueCount }: CaptionsText,
    ): Promise<Captions> {
      await database
        .insert(mediaCaptions)
        .values({ mediaId, language, text, cueCount })
        .onConflictDoUpdate({
          target: [mediaCaptions.mediaId, mediaCaptions.language],
          set: { text, cueCount },
        })
      return { language, cueCount }
    },

    async remove(mediaId: string, language: string): Promise<void> {
      await database.delete(mediaCaptions).where(matchesKey(mediaId, language))
    },
  }
}

/** The languages in which an asset has captions, in alphabetical order. */
export const listCaptions = (database: Database, mediaId: string): Promise<Captions[]> =>
  database
    .select({ language: mediaCaptions.language, cueCount: mediaCaptions.cueCount })
    .from(mediaCaptions)
    .where(eq(mediaCaptions.mediaId, mediaId))
    .orderBy(asc(mediaCaptions.language))

const matchesKey = (mediaId: string, language: string) =>
  and(eq(mediaCaptions.mediaId, mediaId), eq(mediaCaptions.language, language))
