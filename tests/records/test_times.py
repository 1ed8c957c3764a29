from __future__ import annotations

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arusha.errors import RecordsError
from arusha.records.times import is_zone, own_shapes, read_time, shape_sql, time_format


@pytest.fixture(scope="module")
def connection():
    with duckdb.connect() as made:
        made.execute("SET TimeZone = 'UTC'")
        yield made


def read(connection, value, formats=(), naive="'UTC'", office="'UTC'"):
    sql = read_time("v", tuple(time_format(f) for f in formats), naive, office)
    return connection.execute(
        f"SELECT ({sql.moment})::VARCHAR, ({sql.local})::VARCHAR, {sql.day_only} FROM (SELECT ?::VARCHAR AS v)", [value]
    ).fetchall()[0]


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2024-03-31 08:30:00", "2024-03-31 08:30:00"),
        ("2024-03-31T08:30", "2024-03-31 08:30:00"),
        ("2024-03-31T08:30:00Z", "2024-03-31 08:30:00"),
        ("2024-03-31T08:30:00+03:00", "2024-03-31 05:30:00"),
        ("2024-03-31 08:30:00-0430", "2024-03-31 13:00:00"),
        ("2024-03-31 08:30:00.123456+03", "2024-03-31 05:30:00.123456"),
        ("2024-03-31 08:30:00,5", "2024-03-31 08:30:00.5"),
    ],
)
def test_iso_times_with_and_without_an_offset(connection, written, moment):
    assert read(connection, written)[0] == moment


@pytest.mark.parametrize(
    "written",
    ["31/03/2024", "2024/03/31", "20240331", "2024-3-31", "2024-02-30", "2024-03-31 25:00:00", "infinity", "epoch",
     "2024-03-31 08:30:00 Europe/Paris", "now", "45382"],
)  # fmt: skip
def test_what_is_not_iso_is_not_read(connection, written):
    assert read(connection, written)[:2] == (None, None)


BOTH = ("DD/MM/YYYY HH:MM:SS", "MM/DD/YYYY HH:MM:SS")


@pytest.mark.parametrize("formats", [BOTH, BOTH[::-1], (*BOTH, "DD/MM/YYYY", "MM/DD/YYYY")])
def test_a_date_that_two_declared_formats_read_as_different_days_is_not_read(connection, formats):
    assert read(connection, "03/04/2025 10:00:00", formats)[:2] == (None, None)
    assert read(connection, "13/04/2025 10:00:00", formats)[0] == "2025-04-13 10:00:00"
    assert read(connection, "04/13/2025 10:00:00", formats)[0] == "2025-04-13 10:00:00"
    assert read(connection, "04/04/2025 10:00:00", formats)[0] == "2025-04-04 10:00:00"


def test_formats_that_put_the_day_first_alike_are_tried_in_their_order(connection):
    formats = ("DD/MM/YYYY HH:MM:SS", "DD/MM/YYYY", "YYYY-MM-DD", "DD-MON-YYYY")
    assert read(connection, "03/04/2025", formats)[0] == "2025-04-03 00:00:00"
    assert read(connection, "03/04/2025 09:30:00", formats)[0] == "2025-04-03 09:30:00"
    assert read(connection, "2025-04-03", formats)[0] == "2025-04-03 00:00:00"


def test_a_time_without_an_offset_is_in_the_declared_zone(connection):
    # Athens was still on winter time (UTC+2) at one in the morning of 31 March 2024, and on summer time at five.
    assert read(connection, "2024-03-31 01:00:00", naive="'Europe/Athens'", office="'Europe/Athens'")[:2] == (
        "2024-03-30 23:00:00",
        "2024-03-31 01:00:00",
    )
    assert read(connection, "2024-03-31 05:00:00", naive="'Europe/Athens'", office="'Europe/Athens'")[:2] == (
        "2024-03-31 02:00:00",
        "2024-03-31 05:00:00",
    )


def test_a_date_alone_is_a_day_in_the_office_whatever_the_zone_of_times(connection):
    moment, local, day_only = read(connection, "2024-03-31", office="'America/New_York'")
    assert (moment, local, day_only) == ("2024-03-31 04:00:00", "2024-03-31 00:00:00", True)


@pytest.mark.parametrize(
    ("written", "strptime"),
    [
        ("DD/MM/YYYY HH:MM:SS", "%d/%m/%Y %H:%M:%S"),
        ("DD/MM/YYYY HH24:MI:SS", "%d/%m/%Y %H:%M:%S"),
        ("MM/DD/YYYY HH12:MI:SS AM", "%m/%d/%Y %I:%M:%S %p"),
        ("DD-MON-YY", "%d-%b-%y"),
        ("YYYYMMDD", "%Y%m%d"),
        ("%d.%m.%Y", "%d.%m.%Y"),
    ],
)
def test_formats_as_people_write_them(written, strptime):
    assert time_format(written).strptime == strptime


@pytest.mark.parametrize(
    ("written", "moment", "day_only"),
    [
        ("45658", "2025-01-01 00:00:00", True),
        ("45658.5", "2025-01-01 12:00:00", False),
        ("45658,16944", "2025-01-01 04:04:00", False),  # 4 h 4 min are 0.169444 of a day
        ("45658.99999", "2025-01-01 23:59:59", False),
        ("45716.99", "2025-02-28 23:45:36", False),
    ],
)
def test_day_numbers_of_a_spreadsheet_are_read_where_declared(connection, written, moment, day_only):
    assert read(connection, written, ("spreadsheet",)) == (moment, moment, day_only)
    # beside another format: a month's file that was saved otherwise
    assert read(connection, written, ("DD/MM/YYYY", "spreadsheet")) == (moment, moment, day_only)
    assert read(connection, "01/02/2025", ("DD/MM/YYYY", "spreadsheet"))[0] == "2025-02-01 00:00:00"


@pytest.mark.parametrize("written", ["4565", "456580", "0045658", "45658.5.1", "-45658", "45658 12:00", "x", ""])
def test_what_is_no_day_number_is_not_read_as_one(connection, written):
    assert read(connection, written, ("spreadsheet",))[0] is None


@pytest.mark.parametrize("written", ["HH:MM", "DD/MM", "", "day month year"])
def test_a_format_without_year_month_and_day_is_refused(written):
    with pytest.raises(RecordsError, match="does not name a year"):
        time_format(written)


def test_of_two_declared_formats_each_value_takes_the_one_that_fits(connection):
    formats = ("DD/MM/YYYY HH:MM:SS", "DD/MM/YYYY")
    assert read(connection, "01/04/2024 10:00:00", formats) == ("2024-04-01 10:00:00", "2024-04-01 10:00:00", False)
    assert read(connection, "01/04/2024", formats) == ("2024-04-01 00:00:00", "2024-04-01 00:00:00", True)
    assert read(connection, "2024-04-01", formats)[0] is None


@pytest.mark.parametrize(
    ("value", "shape"),
    [
        ("2024-03-31T08:30:00Z", "ISO 8601"),
        ("31/03/2024", "DD/MM/YYYY"),
        ("03/31/2024", "MM/DD/YYYY"),
        ("03/04/2024 10:00", "DD/MM/YYYY or MM/DD/YYYY"),
        ("31-MAR-24", "DD-MON-YYYY"),
        ("20240331", "YYYYMMDD"),
        ("45382", "spreadsheet serial number"),
        ("yesterday", "another format"),
    ],
)
def test_shapes_are_named(connection, value, shape):
    assert connection.execute(f"SELECT {shape_sql('v')} FROM (SELECT ? AS v)", [value]).fetchall() == [(shape,)]


@given(st.datetimes(allow_imaginary=False).filter(lambda t: 1900 < t.year < 2200))
@settings(max_examples=60, deadline=None)
def test_every_time_that_python_writes_is_read_back(connection, moment):
    assert read(connection, moment.isoformat(sep=" "))[0] == str(moment) or read(connection, str(moment))[0].rstrip(
        "0"
    ) == str(moment).rstrip("0")


def test_zones():
    assert is_zone("Africa/Nairobi")
    assert not any(is_zone(z) for z in ("", "Nairobi", "../etc/passwd", "Mars/Olympus", "/usr"))


def test_the_shape_of_a_declared_format_is_its_own():
    assert own_shapes(()) == ["ISO 8601"]
    assert own_shapes((time_format("DD/MM/YYYY HH:MM:SS"),)) == ["DD/MM/YYYY"]
    assert own_shapes((time_format("MM/DD/YYYY"), time_format("YYYYMMDD"))) == ["MM/DD/YYYY", "YYYYMMDD"]
