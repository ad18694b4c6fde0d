CREATE TABLE clusters (
    id TEXT PRIMARY KEY,
    backend TEXT NOT NULL,
    -- Which data folder's server acts on it; '' when any replica may.
    owner TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX clusters_by_owner ON clusters (owner) WHERE owner <> '';

CREATE TABLE workspaces (
    id TEXT PRIMARY KEY,
    display_name TEXT NOT NULL,
    cluster_id TEXT NOT NULL REFERENCES clusters (id),
    group_name TEXT,
    settings TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);

-- user_id '*' is everybody.
CREATE TABLE workspace_members (
    workspace_id TEXT NOT NULL REFERENCES workspaces (id),
    user_id TEXT NOT NULL,
    admin BOOLEAN NOT NULL,
    PRIMARY KEY (workspace_id, user_id)
);

CREATE TABLE cluster_workloads (
    id TEXT PRIMARY KEY,
    uid TEXT NOT NULL,
    workspace_id TEXT NOT NULL,
    cluster_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    user_name TEXT NOT NULL,
    display_name TEXT NOT NULL,
    description TEXT NOT NULL,
    kind TEXT NOT NULL,
    priority BIGINT NOT NULL,
    replicas BIGINT NOT NULL,
    phase TEXT NOT NULL,
    message TEXT NOT NULL,
    spec TEXT NOT NULL,
    env TEXT,
    timeout_s BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    started_at BIGINT,
    ended_at BIGINT,
    deleting_at BIGINT,
    -- Time spent Running or Updating before running_since.
    ran_us BIGINT NOT NULL,
    running_since BIGINT,
    run BIGINT NOT NULL,
    failed_runs BIGINT NOT NULL,
    -- What the backend may hold of it: none, live, kept (ended, scratch space not cleaned yet).
    held TEXT NOT NULL,
    ending TEXT,
    ending_message TEXT,
    rollout BOOLEAN NOT NULL,
    not_before BIGINT,
    -- Five fields; with it the workload is a template and not_before its next firing.
    cron TEXT,
    parent_id TEXT,
    -- The orbital workload and its deployment, when this is a ground stage.
    orbital_id TEXT,
    deployment_id TEXT,
    has_dependencies BOOLEAN NOT NULL,
    conditions TEXT NOT NULL,
    service_address TEXT,
    version BIGINT NOT NULL
);
CREATE INDEX cluster_workloads_by_time ON cluster_workloads (created_at, id);
CREATE INDEX cluster_workloads_by_workspace ON cluster_workloads (workspace_id, phase, created_at, id);
CREATE INDEX cluster_workloads_by_user ON cluster_workloads (user_id, created_at, id);
CREATE INDEX cluster_workloads_open ON cluster_workloads (cluster_id) WHERE ended_at IS NULL OR held <> 'none' OR ending IS NOT NULL;
CREATE INDEX cluster_workloads_by_parent ON cluster_workloads (parent_id) WHERE parent_id IS NOT NULL;

CREATE TABLE cluster_pods (
    workload_id TEXT NOT NULL REFERENCES cluster_workloads (id),
    run BIGINT NOT NULL,
    rank BIGINT NOT NULL,
    pod_id TEXT NOT NULL,
    node TEXT NOT NULL,
    phase TEXT NOT NULL,
    started_at BIGINT,
    ended_at BIGINT,
    host_ip TEXT NOT NULL,
    pod_ip TEXT NOT NULL,
    exit_code BIGINT,
    reason TEXT NOT NULL,
    message TEXT NOT NULL,
    PRIMARY KEY (workload_id, run, rank)
);

-- An id once waited for: who depends on whom, so that a delete can say so.
CREATE TABLE cluster_dependencies (
    workload_id TEXT NOT NULL REFERENCES cluster_workloads (id),
    depends_on TEXT NOT NULL,
    PRIMARY KEY (workload_id, depends_on)
);
CREATE INDEX cluster_dependencies_by_target ON cluster_dependencies (depends_on);

CREATE TABLE cluster_node_ports (
    cluster_id TEXT NOT NULL,
    port BIGINT NOT NULL,
    -- '' until its workload is made.
    workload_id TEXT NOT NULL,
    reserved_at BIGINT NOT NULL,
    PRIMARY KEY (cluster_id, port)
);

CREATE INDEX cluster_workloads_by_deployment ON cluster_workloads (deployment_id) WHERE deployment_id IS NOT NULL;

ALTER TABLE stages ADD COLUMN cluster_workload_id TEXT;
