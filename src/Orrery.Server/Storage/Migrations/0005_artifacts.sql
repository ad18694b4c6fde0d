-- Bytes that are kept, once each. A row comes before its bytes and goes after them.
CREATE TABLE contents (
    sha256 TEXT PRIMARY KEY,
    size_bytes BIGINT NOT NULL,
    -- Nothing that was touched lately is removed, though nobody refers to it yet.
    touched_at BIGINT NOT NULL,
    -- Its bytes are being deleted; who brings the same again waits.
    removing BOOLEAN NOT NULL
);

-- What an attempt of a stage produced: outputs, and the state that it leaves at its place.
CREATE TABLE artifacts (
    deployment_id TEXT NOT NULL REFERENCES deployments (id),
    scope TEXT NOT NULL,
    name TEXT NOT NULL,
    workload_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    stage BIGINT NOT NULL,
    sha256 TEXT NOT NULL REFERENCES contents (sha256),
    size_bytes BIGINT NOT NULL,
    content_type TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (deployment_id, scope, name)
);
CREATE INDEX artifacts_by_workload ON artifacts (workload_id);
CREATE INDEX artifacts_by_content ON artifacts (sha256);
CREATE INDEX artifacts_by_user ON artifacts (user_id, size_bytes);

-- What users brought for their programs.
CREATE TABLE uploads (
    user_id TEXT NOT NULL REFERENCES users (id),
    sha256 TEXT NOT NULL REFERENCES contents (sha256),
    size_bytes BIGINT NOT NULL,
    content_type TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (user_id, sha256)
);
CREATE INDEX uploads_by_content ON uploads (sha256);

-- Contents that a workload's program reads: they stay while it may run.
CREATE TABLE program_inputs (
    workload_id TEXT NOT NULL REFERENCES workloads (id),
    name TEXT NOT NULL,
    sha256 TEXT NOT NULL REFERENCES contents (sha256),
    size_bytes BIGINT NOT NULL,
    PRIMARY KEY (workload_id, name)
);
CREATE INDEX program_inputs_by_content ON program_inputs (sha256);

-- Environment of its program, wrapped.
ALTER TABLE workloads ADD COLUMN program_env TEXT;

-- A real program runs in it, and what it left was kept, or why not.
ALTER TABLE deployments ADD COLUMN has_program BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE deployments ADD COLUMN outputs TEXT;
CREATE INDEX deployments_to_collect ON deployments (id) WHERE has_program AND outputs IS NULL AND status IN ('dispatched', 'running');
