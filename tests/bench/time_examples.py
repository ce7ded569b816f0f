"""Time the example queries on a warehouse: `python -m tests.bench.time_examples` (DATELINE_WAREHOUSE_URL or embedded).

Each runs over 31 days as written, and over all days with its dates widened; the second of two runs counts.
"""

import re
import time

from sqlalchemy import Connection, text

from warehouse.engine import open_warehouse
from warehouse.examples import examples


def seconds(connection: Connection, sql: str) -> float:
    """How long a query takes when its pages are warm."""
    statement = sql.rstrip(";")
    for _ in range(2):
        started = time.perf_counter()
        connection.exec_driver_sql(statement, execution_options={"no_parameters": True}).all()
    return time.perf_counter() - started


def main() -> None:
    """Print a table: milliseconds over 31 days and over all."""
    with open_warehouse() as engine, engine.connect() as connection:
        count = connection.scalar(text("SELECT count(*) FROM mart.all_articles"))
        print(f"{count} articles\n{'31 days':>9} {'all':>9}  question")
        for example in examples():
            everything = re.sub(r"2024-05-(01|18|25)", "2023-01-01", example.sql)
            month, whole = (1000 * seconds(connection, sql) for sql in (example.sql, everything))
            print(f"{month:7.0f}ms {whole:7.0f}ms  {example.number}. {example.question}", flush=True)


if __name__ == "__main__":
    main()
