-- Only deployments are read by subject: what is read by stream alone needs no second way in.
DROP INDEX events_by_subject;
CREATE INDEX events_by_deployment ON events (subject_id, event_timestamp, seq) WHERE subject = 'deployment';

-- Retention and the logs' end.
CREATE INDEX cluster_workloads_by_end ON cluster_workloads (ended_at) WHERE ended_at IS NOT NULL;
