CREATE TABLE events (
    stream TEXT NOT NULL,
    seq BIGINT NOT NULL,
    id TEXT NOT NULL,
    subject TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    type TEXT NOT NULL,
    step_id TEXT,
    job_id TEXT,
    payload TEXT NOT NULL,
    event_timestamp BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    late BOOLEAN NOT NULL,
    key TEXT,
    PRIMARY KEY (stream, seq)
);
CREATE INDEX events_by_subject ON events (subject_id, event_timestamp, seq);
CREATE UNIQUE INDEX events_by_key ON events (subject_id, key) WHERE key IS NOT NULL;
