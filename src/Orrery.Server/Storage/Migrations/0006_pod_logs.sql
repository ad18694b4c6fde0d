-- Which registration of a cluster its objects are labelled with: '' for the local ones.
ALTER TABLE clusters ADD COLUMN instance TEXT NOT NULL DEFAULT '';
ALTER TABLE clusters ADD COLUMN server TEXT NOT NULL DEFAULT '';
-- A kubeconfig, wrapped; null: the server's own configuration says how it is reached.
ALTER TABLE clusters ADD COLUMN kubeconfig TEXT;
ALTER TABLE clusters ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
-- Of the replicas the one that acts on it, and until when unless it renews that.
ALTER TABLE clusters ADD COLUMN acting TEXT NOT NULL DEFAULT '';
ALTER TABLE clusters ADD COLUMN acting_until BIGINT NOT NULL DEFAULT 0;

-- Logs of pods whose objects a cluster does not keep: lines with their offsets, compressed.
CREATE TABLE pod_logs (
    pod_id TEXT NOT NULL,
    last_offset BIGINT NOT NULL,
    workload_id TEXT NOT NULL,
    lines BIGINT NOT NULL,
    size_bytes BIGINT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (pod_id, last_offset)
);
CREATE INDEX pod_logs_by_workload ON pod_logs (workload_id);
