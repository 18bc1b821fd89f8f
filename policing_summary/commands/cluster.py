"""`python3 build.py cluster …`: let this machine take part in laying out leaflets."""

import argparse

from policing_summary import arguments, cluster, crew, hiring
from policing_summary.keyboard import DONE, Keyboard


def parser() -> arguments.Parser:
    described = arguments.parser(
        "cluster",
        "Start the scheduler of a cluster, or workers for it on this machine. Ctrl-C ends them.",
        examples=["cluster scheduler", "cluster worker tcp://192.168.0.10:8786"],
        more="docs/cluster.md says what a cluster is good for, and how to keep it to yourself.",
    )
    kinds = described.add_subparsers(dest="kind", required=True, metavar="scheduler|worker")
    scheduler = kinds.add_parser("scheduler", help="hands jobs to workers, and results back")
    scheduler.add_argument(
        "--host", default="127.0.0.1", help="the address to listen at: usually this machine alone"
    )
    scheduler.add_argument("--port", default="8786", help="the port to listen at")
    worker = kinds.add_parser("worker", help="lays leaflets out, one for each core at a time")
    worker.add_argument("address", metavar="tcp://192.168.0.10:8786", help="of the scheduler")
    arguments.add_jobs(worker)
    arguments.show(scheduler, ["cluster scheduler", "cluster scheduler --host 192.168.0.10"])
    arguments.show(worker, ["cluster worker tcp://192.168.0.10:8786 --jobs 4"])
    return described


def run(typed: argparse.Namespace, at: Keyboard) -> int:
    hiring.need_a_cluster()
    if typed.kind == "scheduler":
        at.say(f"Workers and builds find this scheduler at tcp://{typed.host}:{typed.port}")
        cluster.schedule(typed.host, typed.port)
    else:
        cluster.work(typed.address, typed.jobs or crew.cores())
    return DONE
