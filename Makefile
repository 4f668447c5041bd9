# make day     sets up, builds and runs the trader's morning on the demonstration province
# make test    sets up and runs all tests
# make bench   sets up and measures speed and memory (Benchmarks/)
# make evaluation  walks through the public data sets and writes their pages (notebooks-exports/); DAYS=28 for a quick look
# make references  solves the public commitment and network cases and writes their tables (notebooks-exports/); SECONDS_EACH=60
# make fuzz  looks for inputs that crash the readers of rule packs, bids, registers and workbooks; SECONDS_EACH=150
# make format  formats the sources in place
# make install  puts the built program (make program), data, manual and completions under DESTDIR/PREFIX; make uninstall takes them away
# make deb     makes the Debian package in .build/package; make deb-check proves it in a clean root (root only)
# make docs    makes the API documentation of every module (DocC) in .build/docs
# make coverage  lines that the tests reach, by module; make mutation  mutants of three modules that the tests kill
# make kills   kills commands and the server a thousand times; make faults lets writes and solver calls fail; make sanitize looks for data races
# make sbom    lists what the program is made of, with versions and licences (CycloneDX)
WORKSPACE ?= workspace/demonstration
PREFIX ?= /usr/local

.PHONY: day test bench evaluation references fuzz format setup program install uninstall deb deb-check sbom docs coverage mutation kills faults sanitize

setup:
	@bash .ci/setup

day: setup
	swift build -c release --product spotdesk
	@test -f $(WORKSPACE)/spotdesk.sqlite || .build/release/spotdesk init --demo $(WORKSPACE)
	.build/release/spotdesk day --workspace $(WORKSPACE)

test: setup
	swift test --disable-xctest $(SWIFT_FLAGS)

bench: setup
	swift build -c release --product spotdesk
	swift build -c release --product kernels
	.build/release/kernels
	bash Benchmarks/run

evaluation: setup
	swift build -c release --product spotdesk
	bash Benchmarks/evaluation

references: setup
	swift build -c release --product spotdesk
	bash Benchmarks/references

fuzz: setup
	bash Benchmarks/Fuzzing/run

format:
	swift format --in-place --recursive --parallel Package.swift Sources Tests

program: setup
	swift build -c release --product spotdesk

install:
	@PREFIX=$(PREFIX) DESTDIR=$(DESTDIR) bash .ci/package/install

uninstall:
	@PREFIX=$(PREFIX) DESTDIR=$(DESTDIR) bash .ci/package/install remove

deb:
	@bash .ci/package/deb

sbom:
	@python3 .ci/package/sbom .build/release/spotdesk .build/package/spotdesk.cdx.json

deb-check:
	@bash .ci/package/check

docs: setup
	@bash .ci/docs

coverage:
	@bash Benchmarks/coverage

mutation:
	@bash Benchmarks/Mutation/run

kills: program
	@bash Benchmarks/kills

faults: program
	@bash Benchmarks/Faults/run

sanitize:
	@bash Benchmarks/sanitize address
	@bash Benchmarks/sanitize thread
