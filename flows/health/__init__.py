"""How the warehouse and the machine are: alarms, the doctor's findings, metrics for Prometheus."""
