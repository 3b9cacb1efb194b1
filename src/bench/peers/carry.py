"""Carries one answer of the synthetic server as Python's libraries do, and prints what it took.

Arguments: mode, port, rows, file. Imports count for the process, not for the pass.
"""

import json
import sys
import time

import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow import flight

GROUP = 1_000_000
OPTIONS = {"compression": "zstd", "compression_level": 3}


def drain(reader, file):
    return sum(chunk.data.num_rows for chunk in reader)


def stream(reader, file):
    """Streaming as it should be done: row groups of a million rows, in bounded memory."""
    rows = 0
    with pq.ParquetWriter(file, reader.schema, **OPTIONS) as writer:
        held, held_rows = [], 0
        for chunk in reader:
            held.append(chunk.data)
            held_rows += chunk.data.num_rows
            if held_rows >= GROUP:
                rows += write_group(writer, held)
                held, held_rows = [], 0
        if held:
            rows += write_group(writer, held)
    return rows


def write_group(writer, batches):
    table = pa.Table.from_batches(batches)
    writer.write_table(table, row_group_size=table.num_rows)
    return table.num_rows


def batches(reader, file):
    """Streaming as it is usually done: each batch becomes a row group."""
    rows = 0
    with pq.ParquetWriter(file, reader.schema, **OPTIONS) as writer:
        for chunk in reader:
            writer.write_batch(chunk.data)
            rows += chunk.data.num_rows
    return rows


def table(reader, file):
    everything = reader.read_all()
    pq.write_table(everything, file, row_group_size=GROUP, **OPTIONS)
    return everything.num_rows


def duckdb(reader, file):
    import duckdb as engine

    answer = reader.to_reader()
    connection = engine.connect()
    connection.register("answer", answer)
    copy = f"COPY (FROM answer) TO '{file}' (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 3)"
    return connection.execute(copy).fetchone()[0]


MODES = {"drain": drain, "stream": stream, "batches": batches, "table": table, "duckdb": duckdb}


def main():
    mode, port, rows, file = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]
    if mode == "duckdb":
        import duckdb as _  # noqa: F401  before the clock starts, as the others' imports
    began = time.perf_counter()
    with flight.connect(f"grpc://127.0.0.1:{port}") as client:
        reader = client.do_get(flight.Ticket(f"SELECT * FROM home LIMIT {rows}"))
        came = MODES[mode](reader, file)
    if came != rows:
        sys.exit(f"{came} rows came, not {rows}")
    print(json.dumps({"wall": time.perf_counter() - began}))


if __name__ == "__main__":
    main()
