ALTER TABLE "linked_videos" DROP CONSTRAINT "whole_or_tombstone";--> statement-breakpoint
ALTER TABLE "linked_videos" ADD COLUMN "revision" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "linked_videos" ADD COLUMN "revised_by" uuid;--> statement-breakpoint
ALTER TABLE "linked_videos" ADD CONSTRAINT "whole_or_empty" CHECK (num_nulls("linked_videos"."chapter_id", "linked_videos"."media_id", "linked_videos"."filename", "linked_videos"."position", "linked_videos"."linked_as", "linked_videos"."linked_at") = 0
        OR num_nonnulls("linked_videos"."chapter_id", "linked_videos"."media_id", "linked_videos"."filename", "linked_videos"."position", "linked_videos"."linked_as", "linked_videos"."linked_at") = 0);