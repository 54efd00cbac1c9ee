#!/usr/bin/env bash
# One sweep over several hosts with GNU parallel: one shard at a time on each, in a clone at the same path on all.
#
#   analysis/cluster/parallel.sh 4 host1,host2,: my-experiment.json
#
# 4 shards over host1, host2 and this machine (":"). Shards come back to this machine and are merged into reports/.
set -euo pipefail
failed=0
count=$1
hosts=$2
shift 2
config=$(printf '%q ' "$@")

# {} is the shard's number; one job a host at a time, since measurements must not disturb each other.
seq "$count" | parallel --jobs 1 --sshlogin "$hosts" --workdir "$PWD" --return "shards/{}" \
  "npm run -s jacobench -- sweep $config --shard {}/$count --out shards/{} --resume" || failed=1

if [ "$failed" -ne 0 ]; then
  echo "parallel.sh: some shards did not end; merge names those that are missing" >&2
fi
npm run -s jacobench -- merge shards/* --out reports
exit "$failed"
