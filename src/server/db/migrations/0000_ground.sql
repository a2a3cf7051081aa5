CREATE TABLE "chapters" (
	"id" uuid PRIMARY KEY NOT NULL,
	"course_id" uuid NOT NULL,
	"title" text NOT NULL,
	"position" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "courses" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"title" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "linked_videos" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"chapter_id" uuid,
	"media_id" uuid,
	"filename" text,
	"position" text COLLATE "C",
	"linked_as" text,
	"version" integer DEFAULT 1 NOT NULL,
	"linked_at" timestamp (3) with time zone,
	"removed_at" timestamp (3) with time zone,
	CONSTRAINT "whole_or_tombstone" CHECK (num_nulls("linked_videos"."chapter_id", "linked_videos"."media_id", "linked_videos"."filename", "linked_videos"."position", "linked_videos"."linked_as", "linked_videos"."linked_at") = 0
        OR ("linked_videos"."removed_at" IS NOT NULL AND num_nonnulls("linked_videos"."chapter_id", "linked_videos"."media_id", "linked_videos"."filename", "linked_videos"."position", "linked_videos"."linked_as", "linked_videos"."linked_at") = 0))
);
--> statement-breakpoint
CREATE TABLE "media_assets" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"filename" text NOT NULL,
	"sort_key" text COLLATE "C" NOT NULL,
	"search_key" text NOT NULL,
	"size_bytes" bigint NOT NULL,
	"duration_seconds" double precision NOT NULL,
	"width" integer NOT NULL,
	"height" integer NOT NULL,
	"codec" text NOT NULL,
	"mime_type" text NOT NULL,
	"status" text DEFAULT 'ready' NOT NULL,
	"file" text NOT NULL,
	"thumbnail" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "workspaces" (
	"id" text PRIMARY KEY NOT NULL
);
--> statement-breakpoint
ALTER TABLE "chapters" ADD CONSTRAINT "chapters_course_id_courses_id_fk" FOREIGN KEY ("course_id") REFERENCES "public"."courses"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "courses" ADD CONSTRAINT "courses_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "linked_videos" ADD CONSTRAINT "linked_videos_chapter_id_chapters_id_fk" FOREIGN KEY ("chapter_id") REFERENCES "public"."chapters"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "linked_videos" ADD CONSTRAINT "linked_videos_media_id_media_assets_id_fk" FOREIGN KEY ("media_id") REFERENCES "public"."media_assets"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "media_assets" ADD CONSTRAINT "media_assets_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "chapters_in_order" ON "chapters" USING btree ("course_id","position","id");--> statement-breakpoint
CREATE INDEX "courses_by_age" ON "courses" USING btree ("workspace_id","created_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "an_asset_once_in_a_chapter" ON "linked_videos" USING btree ("chapter_id","media_id") WHERE "linked_videos"."removed_at" IS NULL;--> statement-breakpoint
CREATE INDEX "linked_videos_in_order" ON "linked_videos" USING btree ("chapter_id","position","id");--> statement-breakpoint
CREATE INDEX "linked_videos_by_asset" ON "linked_videos" USING btree ("media_id");--> statement-breakpoint
CREATE INDEX "media_assets_by_name" ON "media_assets" USING btree ("workspace_id","sort_key","id");--> statement-breakpoint
CREATE INDEX "media_assets_by_age" ON "media_assets" USING btree ("workspace_id","created_at","id");--> statement-breakpoint
CREATE INDEX "media_assets_by_length" ON "media_assets" USING btree ("workspace_id","duration_seconds","id");