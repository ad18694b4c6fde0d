-- Labels what is made on a cluster, so that two installations on one do not touch each other's.
ALTER TABLE clusters ADD COLUMN instance TEXT NOT NULL DEFAULT '';
ALTER TABLE clusters ADD COLUMN server TEXT NOT NULL DEFAULT '';
-- Wrapped; null: the configuration of the servers says how the cluster is reached.
ALTER TABLE clusters ADD COLUMN kubeconfig TEXT;
ALTER TABLE clusters ADD COLUMN context TEXT;
ALTER TABLE clusters ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
-- The replica that acts on it, until when by the database's clock.
ALTER TABLE clusters ADD COLUMN acting TEXT;
ALTER TABLE clusters ADD COLUMN acting_until BIGINT NOT NULL DEFAULT 0;
