-- How often a pod's container was started again in place.
ALTER TABLE cluster_pods ADD COLUMN restarts INTEGER NOT NULL DEFAULT 0;
