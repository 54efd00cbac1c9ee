#!/usr/bin/env bash
# One sweep on a Slurm cluster: a job array, one shard a task. From the folder of the clone:
#
#   sbatch --array=1-8 analysis/cluster/slurm.sh my-experiment.json
#
# and, when all tasks have ended:  npm run -s jacobench -- merge shards/* --out reports
# Tasks that died are named there, each with the command that runs it again.
#SBATCH --job-name=jacobench
#SBATCH --cpus-per-task=2
#SBATCH --time=02:00:00
#SBATCH --output=jacobench-%a.log
set -euo pipefail
cd "$SLURM_SUBMIT_DIR"

shard=$((SLURM_ARRAY_TASK_ID - SLURM_ARRAY_TASK_MIN + 1))
# --resume goes on where a task was killed (by a time limit, or requeued); it does no harm at the beginning.
npm run -s jacobench -- sweep "$@" --shard "$shard/$SLURM_ARRAY_TASK_COUNT" --out "shards/$shard" --resume
