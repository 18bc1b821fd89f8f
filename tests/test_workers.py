"""Jobs in this process and in others: the same results, in order, and nothing left behind."""

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from scratch import Project

from policing_summary import crew, environment, workers
from policing_summary.errors import BuildError
from policing_summary.workers import Hands

JOBS = [3, 1, 4, 1, 5, 9, 2, 6]


def square(number):
    return number * number


def which_process(_):
    return os.getpid()


def fail_at_four(number):
    if number == 4:
        raise BuildError("The leaflet Havering 2009/10 is wrong.")
    return number


def die(_):
    os.kill(os.getpid(), signal.SIGKILL)


def die_once(where):
    """Killed the first time, as by a system that has no memory left."""
    if not where.exists():
        where.touch()
        die(where)
    return which_process(where)


def grow(_):
    """A job after which its worker holds on to more memory than it may."""
    HELD.append(b"x" * int(crew.LARGEST * 1.5e6))
    return os.getpid()


HELD: list[bytes] = []


def hands(jobs=2, told=None, prepared=crew.PREPARED):
    return Hands(jobs, told=(told if told is not None else []).append, prepared=prepared)


@pytest.fixture(
    params=[
        crew.PREPARED,
        pytest.param(None, marks=pytest.mark.skipif(os.name == "nt", reason="cannot be copied")),
    ],
    ids=["begun anew", "copies"],
)
def prepared(request):
    """What workers are prepared with: modules, or all that this process has."""
    return request.param


@pytest.mark.parametrize("jobs", [1, 2, None])
def test_results_come_in_the_order_of_the_jobs(jobs):
    assert list(workers.run(square, JOBS, Hands(jobs))) == [9, 1, 16, 1, 25, 81, 4, 36]


def test_no_jobs_are_no_work():
    assert list(workers.run(square, [])) == []


def test_a_single_job_is_done_here():
    assert list(workers.run(which_process, [1])) == [os.getpid()]


def test_several_jobs_are_done_elsewhere_by_so_many_processes_as_were_asked_for(prepared):
    found = set(workers.run(which_process, JOBS, hands(2, prepared=prepared)))
    assert len(found) == 2
    assert os.getpid() not in found


def test_jobs_begin_in_the_order_that_is_asked_for_and_say_which_they_are():
    order = [5, 3, 1, 7, 0, 2, 4, 6]
    found = list(workers.finished(square, JOBS, order, hands(1)))
    assert found == [(number, JOBS[number] ** 2) for number in order]


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_result_is_there_before_the_next_is_wanted(jobs):
    results = workers.run(fail_at_four, JOBS, hands(jobs))
    assert [next(results), next(results)] == [3, 1]
    with pytest.raises(BuildError, match="Havering 2009/10 is wrong"):
        next(results)


def test_what_is_done_beside_a_failure_is_kept():
    results = workers.finished(fail_at_four, JOBS, range(len(JOBS)), hands(2))
    kept = []
    with pytest.raises(BuildError, match="is wrong"):
        kept.extend(iter(results))
    numbers = {number for number, _ in kept}
    assert {0, 1} <= numbers
    assert 2 not in numbers


@pytest.mark.parametrize("jobs", [[4, 1, 1, 1], [1, 1, 1, 4]])
def test_no_process_is_left_after_a_failure(jobs):
    with pytest.raises(BuildError):
        list(workers.run(fail_at_four, jobs, hands(2)))
    assert multiprocessing.active_children() == []


def test_a_fault_of_ours_says_where_it_was():
    with pytest.raises(TypeError) as told:
        list(workers.run(square, ["a", "b"], hands(2)))
    assert "in square" in "".join(told.value.__notes__)


@pytest.mark.skipif(os.name == "nt", reason="there are no signals of this kind")
def test_the_job_of_a_worker_that_was_killed_is_done_by_another(tmp_path, prepared):
    told = []
    jobs = [tmp_path / "a", tmp_path / "b", tmp_path / "c"]
    assert len(list(workers.run(die_once, jobs, hands(2, told, prepared)))) == 3
    assert len(told) == 3
    assert all("ended from outside" in line for line in told)


@pytest.mark.skipif(os.name == "nt", reason="there are no signals of this kind")
def test_a_job_that_has_two_workers_killed_is_told_in_words():
    with pytest.raises(BuildError, match="twice, perhaps because memory ran out"):
        list(workers.run(die, JOBS, hands(2)))
    assert multiprocessing.active_children() == []


@pytest.mark.skipif(sys.platform != "linux", reason="only there it is known how much it holds")
def test_a_worker_that_has_grown_too_large_is_replaced(prepared):
    found = list(workers.run(grow, JOBS[:3], hands(1, prepared=prepared)))
    assert len(set(found)) == 3


PARENT = """
import time
from policing_summary import workers
from policing_summary.workers import Hands

def work(seconds):
    time.sleep(seconds)
    return seconds

jobs = workers.finished(work, [0, 0, 2, 2], range(4), Hands(2, prepared=None))
next(jobs), next(jobs)
print("at work", flush=True)
next(jobs)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only there are copies made")
def test_copies_are_gone_once_their_parent_was_killed():
    """Each was given the ends of the others' pipes, and would wait for ever if it kept one."""
    with subprocess.Popen(
        [sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout.readline() == "at work\n"
        tasks = Path(f"/proc/{parent.pid}/task/{parent.pid}/children")
        children = [Path("/proc", child) for child in tasks.read_text("ascii").split()]
        assert len(children) >= 2
        parent.kill()
    waited = time.monotonic() + 20
    while any(child.exists() for child in children):
        assert time.monotonic() < waited, "a copy is still waiting for its parent"
        time.sleep(0.05)


def test_libraries_start_no_threads_in_a_worker():
    (found, _) = workers.run(os.getenv, ["OMP_NUM_THREADS"] * 2, hands(1))
    assert found == "1"
    assert os.getenv("OMP_NUM_THREADS") != "1"


# Ctrl-C, as a terminal sends it: to every process of the group at once


@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes where Linux lists them")
@pytest.mark.parametrize("after", ["Typesetting leaflets: 0 of", "Typesetting leaflets: 1 of"])
def test_ctrl_c_while_typesetting_is_one_line_and_leaves_everything_as_it_was(project, after):
    project.edit("templates/css/tokens.css", "--tint: #eff3f6;", "--tint: #eff3f7;")
    before = {path: path.stat().st_mtime_ns for path in (project.output / "site").rglob("*")}
    stopped = subprocess.Popen(
        project.command(),
        cwd=project.root,
        env=project.variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    )
    for line in stopped.stderr:
        if line.startswith(after):
            break
    os.killpg(stopped.pid, signal.SIGINT)
    out, told = stopped.communicate(timeout=60)
    assert stopped.returncode == 130
    assert out == ""
    assert told.splitlines()[-1] == "Stopped. Run the command again to go on."
    assert "Traceback" not in told
    assert {
        path: path.stat().st_mtime_ns for path in (project.output / "site").rglob("*")
    } == before
    assert left_of(stopped.pid) == []


def left_of(session: int) -> list[str]:
    """The processes of a session that do not end by themselves within 20 seconds."""
    for _ in range(200):
        listed = subprocess.run(
            ["ps", "-o", "pid=", "-s", str(session)], capture_output=True, text=True, check=False
        )
        if not listed.stdout.strip():
            return []
        time.sleep(0.1)
    return listed.stdout.split()


def test_a_stopped_build_goes_on_with_what_it_had_finished(project: Project):
    """The cache keeps a leaflet as soon as it is laid out."""
    (project.root / ".cache" / "last-build.json").unlink()
    done = project.run()
    assert "0 leaflets laid out anew, 0 files written" in done.stdout


def test_one_job_is_done_by_those_who_were_called_for_it_and_here_if_nobody_was():
    assert list(workers.run(which_process, [1])) == [os.getpid()]
    assert list(workers.run(which_process, [1], Hands(called=True))) != [os.getpid()]


def test_a_library_that_is_missing_is_told_by_the_first_job_and_by_no_traceback(tmp_path):
    """What workers are copies of loads WeasyPrint, and must not end when that cannot be done."""
    (tmp_path / "weasyprint.py").write_text("raise OSError('cannot load library pango')\n")
    script = tmp_path / "script.py"
    script.write_text(MISSING, "utf-8")
    variables = {**os.environ, "PYTHONPATH": f"{tmp_path}{os.pathsep}{environment.ROOT}"}
    done = subprocess.run(
        [sys.executable, script], env=variables, capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr) == ("cannot load library pango\n", "")


MISSING = """
from policing_summary import crew, workers, workshop

if __name__ == "__main__":
    crew.call()
    try:
        list(workers.run(workshop.fonts, [(), ()]))
    except OSError as error:
        print(error)
"""
