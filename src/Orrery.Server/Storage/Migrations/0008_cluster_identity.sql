-- Of the namespace kube-system, which is there as long as the cluster is: says whether another kubeconfig reaches the same one. '': not known.
ALTER TABLE clusters ADD COLUMN uid TEXT NOT NULL DEFAULT '';
