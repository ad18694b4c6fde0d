CREATE TABLE users (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    role TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE api_keys (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES users (id),
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    prefix TEXT NOT NULL,
    hash TEXT NOT NULL UNIQUE,
    agent_id TEXT,
    satellite_id TEXT,
    created_at BIGINT NOT NULL,
    revoked_at BIGINT
);

CREATE TABLE sessions (
    hash TEXT PRIMARY KEY,
    key_id TEXT NOT NULL REFERENCES api_keys (id),
    csrf_token TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);

-- owner '' is the shared fleet; elements are kept as JSON, the way the planner reads them.
CREATE TABLE satellites (
    owner TEXT NOT NULL,
    norad_id BIGINT NOT NULL,
    name TEXT NOT NULL,
    epoch BIGINT NOT NULL,
    bus_class TEXT NOT NULL,
    elements TEXT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (owner, norad_id)
);

CREATE TABLE agents (
    id TEXT PRIMARY KEY,
    owner TEXT NOT NULL,
    agent_id TEXT NOT NULL,
    shared BOOLEAN NOT NULL,
    satellite_id TEXT,
    satellite_name TEXT,
    agent_version TEXT,
    orbit_altitude_km DOUBLE PRECISION,
    status TEXT NOT NULL,
    telemetry TEXT,
    last_seen BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    UNIQUE (owner, agent_id)
);
CREATE INDEX agents_by_satellite ON agents (satellite_id);

CREATE TABLE workloads (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES users (id),
    name TEXT,
    type TEXT,
    class TEXT NOT NULL,
    mode TEXT NOT NULL,
    speed DOUBLE PRECISION NOT NULL,
    phase TEXT NOT NULL,
    spec TEXT NOT NULL,
    start_at BIGINT NOT NULL,
    deadline_at BIGINT,
    max_attempts BIGINT NOT NULL,
    wait_for_windows BOOLEAN NOT NULL,
    mission_at BIGINT NOT NULL,
    error_code TEXT,
    error_message TEXT,
    outcome TEXT,
    cost TEXT,
    created_at BIGINT NOT NULL,
    started_at BIGINT,
    finished_at BIGINT,
    version BIGINT NOT NULL,
    lease_owner TEXT,
    lease_until BIGINT,
    fence BIGINT NOT NULL
);
CREATE INDEX workloads_by_user ON workloads (user_id, created_at);
CREATE INDEX workloads_by_time ON workloads (created_at);
CREATE INDEX workloads_open ON workloads (phase) WHERE phase IN ('submitted', 'scheduling', 'dispatching', 'awaiting_report');

CREATE TABLE workload_labels (
    workload_id TEXT NOT NULL REFERENCES workloads (id),
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (workload_id, key)
);
CREATE INDEX workload_labels_by_value ON workload_labels (key, value);

CREATE TABLE plans (
    workload_id TEXT NOT NULL REFERENCES workloads (id),
    revision BIGINT NOT NULL,
    fingerprint TEXT NOT NULL,
    body TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    replaced_because TEXT,
    PRIMARY KEY (workload_id, revision)
);

CREATE TABLE stages (
    workload_id TEXT NOT NULL REFERENCES workloads (id),
    idx BIGINT NOT NULL,
    round BIGINT NOT NULL,
    role TEXT NOT NULL,
    location TEXT NOT NULL,
    inputs TEXT NOT NULL,
    satellite_id TEXT,
    satellite_name TEXT,
    status TEXT NOT NULL,
    attempt BIGINT NOT NULL,
    deployment_id TEXT,
    avoid TEXT NOT NULL,
    reason TEXT,
    error TEXT,
    planned_start BIGINT NOT NULL,
    planned_end BIGINT NOT NULL,
    started_at BIGINT,
    finished_at BIGINT,
    mission_end BIGINT,
    PRIMARY KEY (workload_id, idx)
);

CREATE TABLE deployments (
    id TEXT PRIMARY KEY,
    plan_id TEXT NOT NULL UNIQUE,
    workload_id TEXT NOT NULL REFERENCES workloads (id),
    user_id TEXT NOT NULL,
    stage BIGINT NOT NULL,
    attempt BIGINT NOT NULL,
    satellite_id TEXT NOT NULL,
    shared_satellite BOOLEAN NOT NULL,
    mode TEXT NOT NULL,
    status TEXT NOT NULL,
    agent_ref TEXT,
    agent_id TEXT,
    work TEXT NOT NULL,
    offers BIGINT NOT NULL,
    last_step TEXT NOT NULL,
    last_step_done BOOLEAN NOT NULL,
    silence_timeout_s DOUBLE PRECISION NOT NULL,
    error TEXT,
    created_at BIGINT NOT NULL,
    dispatched_at BIGINT,
    last_event_at BIGINT,
    mission_end BIGINT,
    finished_at BIGINT,
    version BIGINT NOT NULL
);
CREATE INDEX deployments_by_workload ON deployments (workload_id, stage);
CREATE INDEX deployments_offered ON deployments (satellite_id, created_at) WHERE status = 'pending';
CREATE INDEX deployments_by_agent ON deployments (agent_ref) WHERE status IN ('dispatched', 'running');
CREATE INDEX deployments_by_time ON deployments (created_at);

CREATE TABLE bookings (
    workload_id TEXT NOT NULL REFERENCES workloads (id),
    kind TEXT NOT NULL,
    resource TEXT NOT NULL,
    start_at BIGINT NOT NULL,
    end_at BIGINT NOT NULL
);
CREATE INDEX bookings_by_workload ON bookings (workload_id);
CREATE INDEX bookings_by_end ON bookings (end_at);

-- What submit planned against: a counter that moves whenever bookings or shared elements do.
CREATE TABLE counters (
    name TEXT PRIMARY KEY,
    value BIGINT NOT NULL
);
INSERT INTO counters (name, value) VALUES ('planning', 0);

CREATE TABLE idempotency (
    principal TEXT NOT NULL,
    route TEXT NOT NULL,
    key TEXT NOT NULL,
    body_hash TEXT NOT NULL,
    status BIGINT NOT NULL,
    response TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (principal, route, key)
);
CREATE INDEX idempotency_by_time ON idempotency (created_at);

-- The last seq given, per stream: a workload id, or '' for events of no workload.
CREATE TABLE event_heads (
    stream TEXT PRIMARY KEY,
    last_seq BIGINT NOT NULL
);
INSERT INTO event_heads (stream, last_seq) VALUES ('', 0);
