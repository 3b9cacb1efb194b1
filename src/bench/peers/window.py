"""What people write by hand: query one window, write a Parquet file, rename it.

Arguments: port, rows, file.
"""

import os
import sys

import pyarrow.parquet as pq
from influxdb_client_3 import InfluxDBClient3


def main():
    port, rows, file = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    with InfluxDBClient3(host=f"http://127.0.0.1:{port}", database="bench", token="none") as client:
        table = client.query(
            f"SELECT * FROM home WHERE time >= $start AND time < $end LIMIT {rows}",
            query_parameters={"start": "2026-01-01T00:00:00Z", "end": "2026-01-01T01:00:00Z"},
        )
    if table.num_rows != rows:
        sys.exit(f"{table.num_rows} rows came, not {rows}")
    pq.write_table(table, file + ".part", compression="zstd")
    os.replace(file + ".part", file)


if __name__ == "__main__":
    main()
