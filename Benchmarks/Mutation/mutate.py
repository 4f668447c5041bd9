"""Mutation checks: do the tests notice when the code is wrong?

All mutants are compiled into one build of a copy: an operator is replaced by one of its own that behaves as before unless its number is
switched on by SPOTDESK_MUTANT; a statement is left out and a truth value turned in the same way. So each mutant costs one run of the
module's tests, not one build. What the compiler cannot take is dropped and counted.

    mutate.py plant COPY MODULE...      rewrites the modules' sources in the copy, builds, drops what does not compile
    mutate.py run COPY [--limit N] [--seed N] [--threshold PERCENT] [--report FILE] [--known FILE]     one run of the tests for each mutant; a table by
                                    module. What an earlier report says was killed is not run again: tests were added, sources stand.

A comparison of floating-point numbers has no mutant at its boundary (< for <=): equality of computed reals decides nothing. Such a mutant ends its run with
a code of its own and is not counted.
"""
import concurrent.futures, json, os, random, re, subprocess, sys, time

SYMBOLS = [chr(code) for code in range(0x2200, 0x22FF)]
SWAPS = {"<": ["<=", ">="], "<=": ["<", ">"], ">": [">=", "<="], ">=": [">", "<"], "==": ["!="], "!=": ["=="], "&&": ["||"], "||": ["&&"],
         "+": ["-"], "-": ["+"], "*": ["/"], "/": ["*"], "+=": ["-="], "-=": ["+="]}
BOUNDARY = {"<": "<=", "<=": "<", ">": ">=", ">=": ">"}
NO_MUTANT = 97  # exit code
PRECEDENCE = {"<": "ComparisonPrecedence", "+": "AdditionPrecedence", "*": "MultiplicationPrecedence", "&&": "LogicalConjunctionPrecedence",
              "||": "LogicalDisjunctionPrecedence", "+=": "AssignmentPrecedence"}
BINARY = re.compile(r"(?<=[\w\)\]\}\"]) (<=|>=|==|!=|&&|\|\||\+=|-=|<|>|\+|-|\*|/) (?=[\w\(\[\.\!\-])")
CALL = re.compile(r"^(\s+)((?:try )?[a-z]\w*(?:\.\w+)*(?:\[[^\]]*\])?(?:\.\w+)*(?:\(.*\)| (?:\+=|-=) .*))$")
TRUTH = re.compile(r"(?<![\w.])(true|false)(?![\w:])")


def kind(operator):
    return next(group for group, members in {"<": ("<", "<=", ">", ">="), "==": ("==", "!="), "+": ("+", "-"), "*": ("*", "/"), "&&": ("&&",), "||": ("||",),
                                             "+=": ("+=", "-=")}.items() if operator in members)


def name(number):
    first, second = divmod(number, len(SYMBOLS))
    return "⧺" + SYMBOLS[first] + SYMBOLS[second]


def declaration(number, operator, ids):
    """An operator that is `operator` unless one of its mutants is on."""
    group, own = kind(operator), name(number)
    body = " ".join(f"if activeMutant == {id} {{ return left {other} right }};" for id, other in ids)
    precedence = PRECEDENCE["<" if group == "==" else group]
    lines = [f"infix operator {own}: {precedence}"]
    if group in ("&&", "||"):
        lines.append(f"func {own} (left: Bool, right: @autoclosure () throws -> Bool) rethrows -> Bool {{ "
                     + " ".join(f"if activeMutant == {id} {{ return try left {other} right() }};" for id, other in ids)
                     + f" return try left {operator} right() }}")
    elif group in ("<", "=="):
        lines.append(f"func {own}<T: {'Comparable' if group == '<' else 'Equatable'}>(left: T, right: T) -> Bool {{ {body} return left {operator} right }}")
        if group == "<":
            body = " ".join(f"if activeMutant == {id} {{ " + (f"exit({NO_MUTANT})" if BOUNDARY[operator] == other else f"return left {other} right") + " };"
                            for id, other in ids)
            lines.append(f"func {own}<T: FloatingPoint>(left: T, right: T) -> Bool {{ {body} return left {operator} right }}")
    elif group == "+":
        lines.append(f"func {own}<T: AdditiveArithmetic>(left: T, right: T) -> T {{ {body} return left {operator} right }}")
    elif group == "*":
        for requirement in ("BinaryInteger", "FloatingPoint"):
            lines.append(f"func {own}<T: {requirement}>(left: T, right: T) -> T {{ {body} return left {operator} right }}")
    else:
        body = " ".join(f"if activeMutant == {id} {{ left {other} right; return }};" for id, other in ids)
        lines.append(f"func {own}<T: AdditiveArithmetic>(left: inout T, right: T) {{ {body} left {operator} right }}")
    return lines


def code_spans(line):
    """The line with comments and string literals blanked, of the same length."""
    out, inside, index = [], False, 0
    while index < len(line):
        char = line[index]
        if not inside and line.startswith("//", index):
            out.append(" " * (len(line) - index))
            break
        if char == '"' and (index == 0 or line[index - 1] != "\\"):
            inside = not inside
            out.append('"')
        else:
            out.append("~" if inside else char)
        index += 1
    return "".join(out)


class Planting:
    def __init__(self, copy, modules):
        self.copy, self.modules, self.dropped = copy, modules, {}
        self.originals = {}
        for module in modules:
            for folder, _, files in os.walk(os.path.join(copy, "Sources", module)):
                for file in sorted(files):
                    if file.endswith(".swift") and file != "ActiveMutant.swift":
                        path = os.path.join(folder, file)
                        self.originals[path] = open(path).read().split("\n")

    def write(self):
        """Rewrites every file; returns the mutants."""
        mutants, declared = [], {module: [] for module in self.modules}
        site = 0
        for path in sorted(self.originals):
            module = os.path.relpath(path, os.path.join(self.copy, "Sources")).split(os.sep)[0]
            refused, lines, quoted = self.dropped.get(path, {}), [], False
            for number, line in enumerate(self.originals[path], 1):
                if line.count('"""') == 1:
                    quoted = not quoted
                allowed = 0 if quoted or '"""' in line else max(0, 3 - refused.get(number, 0))
                line, site = self.line(path, module, number, line, allowed, site, mutants, declared[module])
                lines.append(line)
            open(path, "w").write("\n".join(lines))
        for module in self.modules:
            text = ["internal import Foundation", "", "let activeMutant = Int(ProcessInfo.processInfo.environment[\"SPOTDESK_MUTANT\"] ?? \"\") ?? 0",
                    "func isTrue(_ value: Bool, _ mutant: Int) -> Bool { activeMutant == mutant ? !value : value }", ""] + declared[module]
            open(os.path.join(self.copy, "Sources", module, "ActiveMutant.swift"), "w").write("\n".join(text) + "\n")
        return mutants

    def line(self, path, module, number, line, allowed, site, mutants, declared):
        def mutant(what):
            mutants.append({"id": len(mutants) + 1, "module": module, "file": os.path.relpath(path, self.copy), "line": number, "what": what})
            return mutants[-1]["id"]

        shown = code_spans(line)
        stripped = shown.strip()
        if not allowed or not stripped or stripped.startswith(("import ", "public import", "internal import", "@", "case ", "func ", "///", "#", "infix")):
            return line, site
        call = CALL.match(shown)
        if allowed == 3 and call and shown.count("(") == shown.count(")") and not re.match(r"\s+(self\.init|super|precondition|init|return|throw|defer|await|fatal)", shown):
            id = mutant("statement left out: " + line.strip()[:90])
            indent = re.match(r"\s*", line).group()
            return f"{indent}if activeMutant != {id} {{ {line.strip()} }}", site
        pieces, last = [], 0
        for match in BINARY.finditer(shown):
            operator = match.group(1)
            rest = shown[match.end():]
            if rest.startswith("nil") or "func " in shown or operator in "<>" and re.search(r"\bwhere\b", shown):
                continue
            if operator == "+" and '"' in shown:  # Texts are joined.
                continue
            if "~" in shown[match.start():match.end()]:
                continue
            if allowed == 1 and kind(operator) not in ("&&", "||"):
                continue
            ids = [(mutant(f"{operator} becomes {other}"), other) for other in SWAPS[operator]]
            declared.extend(declaration(site, operator, ids))
            pieces.append(line[last:match.start()] + " " + name(site) + " ")
            last = match.end()
            site += 1
        text = "".join(pieces) + line[last:]
        truth = TRUTH.search(shown)
        if allowed == 3 and not pieces and truth:
            id = mutant(f"{truth.group()} is turned")
            text = line[:truth.start()] + f"isTrue({truth.group()}, {id})" + line[truth.end():]
        return text, site


def plant(copy, modules):
    planting = Planting(copy, modules)
    for turn in range(1, 40):
        mutants = planting.write()
        build = subprocess.run(["swift", "build", "--product", "SpotDeskPackageTests"], cwd=copy, capture_output=True, text=True)
        text = build.stdout + build.stderr
        if build.returncode == 0:
            break
        found = set(re.findall(r"(/\S+\.swift):(\d+):\d+: error:", text))
        planted = {}
        for mutant in mutants:
            planted.setdefault(os.path.join(copy, mutant["file"]), set()).add(mutant["line"])
        news = 0
        for path, line in found:
            path, line = os.path.realpath(path), int(line)
            # A wrong part of a long expression is told of at its beginning.
            near = [line] if line in planted.get(path, ()) else [other for other in planted.get(path, ()) if line - 15 <= other <= line + 25]
            for other in near:
                known = planting.dropped.setdefault(path, {})
                known[other] = known.get(other, 0) + 1
                news += 1
        print(f"build {turn}: {len(found)} lines do not compile", flush=True)
        if not news:
            print(text[-4000:])
            sys.exit(1)
    else:
        sys.exit("no build after 40 turns")
    for mutant in mutants:
        mutant["status"] = "planted"
    dropped = sum(len(lines) for lines in planting.dropped.values())
    json.dump({"modules": modules, "mutants": mutants, "lines_left_as_they_were": dropped}, open(os.path.join(copy, "mutants.json"), "w"), indent=1)
    print(f"{len(mutants)} mutants in {len(modules)} modules; on {dropped} lines the compiler takes none or fewer")


def tests(copy, module, mutant, patience):
    program = next(os.path.join(copy, ".build/debug", name) for name in os.listdir(os.path.join(copy, ".build/debug")) if name.endswith(".xctest"))
    begin = time.monotonic()
    try:
        run = subprocess.run([program, "--testing-library", "swift-testing", "--filter", f"^{module}Tests\\."], cwd=copy, capture_output=True,
                             env={**os.environ, "SPOTDESK_MUTANT": str(mutant)}, timeout=patience)
        return {0: "survived", NO_MUTANT: "none"}.get(run.returncode, "killed"), time.monotonic() - begin
    except subprocess.TimeoutExpired:
        return "killed", time.monotonic() - begin


def identity(mutant):
    return mutant["file"], mutant["line"], mutant["what"]


def run(copy, limit, seed, threshold, report, known):
    plan = json.load(open(os.path.join(copy, "mutants.json")))
    before = {}
    if known:
        for mutant in json.load(open(known))["mutants"]:
            # Two of a kind on one line count as killed if both were.
            killed = mutant["status"] == "killed"
            before[identity(mutant)] = before.get(identity(mutant), True) and killed
    patience = {}
    for module in plan["modules"]:
        status, seconds = tests(copy, module, 0, 600)
        if status != "survived":
            sys.exit(f"{module}Tests fail with no mutant on")
        patience[module] = 15 * seconds + 10
        print(f"{module}Tests: {seconds:.1f} s", flush=True)
    rows, table = [], {}
    for module in plan["modules"]:
        own = [mutant for mutant in plan["mutants"] if mutant["module"] == module]
        if limit and len(own) > limit:
            own = sorted(random.Random(seed).sample(own, limit), key=lambda mutant: mutant["id"])

        def judged(mutant):
            return "killed" if before.get(identity(mutant)) else tests(copy, module, mutant["id"], patience[module])[0]

        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as workers:
            for mutant, status in zip(own, workers.map(judged, own)):
                mutant["status"] = status
                if status == "survived":
                    print(f"survived {mutant['id']} {mutant['file']}:{mutant['line']} {mutant['what']}", flush=True)
        rows += own
        counted = [mutant for mutant in own if mutant["status"] != "none"]
        killed = sum(mutant["status"] == "killed" for mutant in counted)
        table[module] = (killed, len(counted))
        print(f"{module}: {killed} of {len(counted)} killed, {100 * killed / max(len(counted), 1):.1f} %; {len(own) - len(counted)} at the boundary of "
              "floating-point numbers not counted", flush=True)
        if report:
            json.dump({"seed": seed, "mutants": rows, "killed": {name: value[0] for name, value in table.items()},
                       "run": {name: value[1] for name, value in table.items()}}, open(report, "w"), indent=1)
    low = [module for module, (killed, count) in table.items() if 100 * killed < threshold * count]
    if low:
        sys.exit(f"below {threshold:g} %: " + ", ".join(low))


if __name__ == "__main__":
    action, copy, rest = sys.argv[1], os.path.realpath(sys.argv[2]), sys.argv[3:]
    options = {rest[index][2:]: rest[index + 1] for index in range(len(rest)) if rest[index].startswith("--")}
    if action == "plant":
        plant(copy, rest)
    else:
        run(copy, int(options.get("limit", 0)), int(options.get("seed", 1)), float(options.get("threshold", 90)), options.get("report"),
            options.get("known"))
