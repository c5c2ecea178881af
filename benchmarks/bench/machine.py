"""What this machine is: its cores and who gets which, free ports, and the facts printed above every table."""

import contextlib
import os
import platform
import resource
import socket
import subprocess


def cores():
    """(cores of the proxy, cores of load and upstream): the last core is the proxy's alone."""
    available = sorted(os.sched_getaffinity(0))
    if len(available) < 2:
        return available, available
    return available[-1:], available[:-1]


def free_ports(count):
    """Ports that no program listens on now; all are held until the last is found, so none comes twice."""
    held = []
    try:
        for _ in range(count):
            held.append(socket.socket())
            held[-1].bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in held]
    finally:
        for one in held:
            one.close()


def settle(cores):
    """In a child, before its program: its cores, and that the group of its session is as nice as the run itself, where sessions have
    groups of their own (autogroup, sched(7)): else `nice` would count among the threads of one session alone."""
    os.sched_setaffinity(0, cores)
    niceness = os.getpriority(os.PRIO_PROCESS, 0)
    if niceness:
        with contextlib.suppress(OSError), open("/proc/self/autogroup", "w", encoding="ascii") as group:
            group.write(str(niceness))


def raise_file_limit():
    """Lets this process and its children open as many files as the system allows; returns that number."""
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return hard


def first_line(*command):
    """The first line a command prints, or None when there is no such command."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=20)
    except (OSError, subprocess.TimeoutExpired):
        return None
    lines = (done.stdout + done.stderr).strip().splitlines()
    return lines[0] if lines else None


def facts():
    """The machine in a few words: processor, cores, memory, kernel."""
    with open("/proc/cpuinfo", encoding="ascii", errors="replace") as file:
        model = next((line.split(":", 1)[1].strip() for line in file if line.startswith("model name")), platform.machine())
    with open("/proc/meminfo", encoding="ascii") as file:
        memory = int(file.readline().split()[1]) // 1024 // 1024
    proxy, others = cores()
    return {
        "processor": model,
        "cores": len(proxy) + len(others) if proxy != others else len(proxy),
        "memoryGiB": memory,
        "kernel": platform.release(),
        "proxyCores": proxy,
        "loadAndUpstreamCores": others,
        "loadAverageAtStart": os.getloadavg()[0],
    }
