-- One process has the file, and lists from memory; only the deletion of a workspace counts its rows.
DROP INDEX cluster_workloads_by_time;
DROP INDEX cluster_workloads_by_user;
DROP INDEX cluster_workloads_by_workspace;
