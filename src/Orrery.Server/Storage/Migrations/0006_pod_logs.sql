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
