"""What Prefect is told and what it runs: settings, deployments, tasks, artifacts. Modules named prefect_* need it."""
