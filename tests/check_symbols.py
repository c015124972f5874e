#!/usr/bin/env python3
"""What the core's library needs from outside, and what it keeps between calls.

    check_symbols.py LIBRARY.a [LIBRARY.a...]

Together the libraries may call only mem* and str* functions without state and the integer helpers
of the compiler: floating point would show as __aeabi_fmul and the like, the heap and stdio by name. And
they may own no memory: every .data and .bss section has to be empty.
"""
import re
import sys

sys.dont_write_bytecode = True
import stack  # noqa: E402  beside this file

ALLOWED = re.compile(
    r"^(mem(cpy|move|set|cmp|chr)|str(len|chr|cmp|ncmp)"
    r"|__aeabi_(u?idiv(mod)?|u?ldivmod|lmul|llsl|llsr|lasr|lcmp|ulcmp|memcpy[48]?|memset[48]?|memclr[48]?)"
    r"|__gnu_thumb1_case_(s|u)(qi|hi|i)|__gnu_thumb1_case_si"
    r"|__(clz|ctz|popcount|bswap)[sd]i2)$")


def read_symbols(library):
    defined, needed = set(), {}
    member = library
    for line in stack.run_tool("nm", library):
        if line.endswith(":"):
            member = line[:-1]
        fields = line.split()
        if len(fields) == 2 and fields[0] == "U":
            needed.setdefault(fields[1], member)
        elif len(fields) == 3:
            defined.add(fields[2])
    return defined, needed


def owned_memory(library):
    for line in stack.run_tool("size", "-A", library):
        section = re.match(r"^(\.data\S*|\.bss\S*|\.tdata\S*|\.tbss\S*|COMMON)\s+([1-9]\d*)", line)
        if section:
            yield f"{library}: {section[1]} has {section[2]} bytes"


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    defined, needed, faults = set(), {}, []
    for library in sys.argv[1:]:
        more, wants = read_symbols(library)
        defined |= more
        needed.update(wants)
        faults += owned_memory(library)
    faults += [f"{member} needs {name}" for name, member in sorted(needed.items())
               if name not in defined and not ALLOWED.match(name)]
    for fault in faults:
        print(fault)
    print(f"{len(defined)} symbols defined, {len(faults)} faults")
    sys.exit(1 if faults or not defined else 0)


if __name__ == "__main__":
    main()
