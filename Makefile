# One word each. Everything goes into .venv; nothing is asked, and nothing is installed twice.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Where there is a screen, the page is opened on it.
OPEN := $(if $(DISPLAY)$(WAYLAND_DISPLAY),--open)
MODELS := smollm2-135m qwen2.5-coder-0.5b qwen2.5-coder-1.5b speech
PIP := $(BIN)/python -m pip install -qq

# Of pip, errors alone are shown: -qq leaves out its warnings, these its notices and questions.
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_NO_INPUT := 1
export PIP_ROOT_USER_ACTION := ignore

# Folders that hold Python now.
CODE = $(shell for folder in src tests examples tools benchmarks; do \
	test -z "$$(find $$folder -name '*.py' -print -quit 2>/dev/null)" || echo $$folder; done)

.DEFAULT_GOAL := help
.PHONY: help run test check fix bench models chromium mosquitto nftables egl

help: ## this list
	@echo "Homebody 宅家"
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16

run: $(VENV)/.base ## the assistant and its page; YES=1 agrees to the model's download, PORT=, HOME_FILE=
	@echo "run: starting Homebody; ctrl-c ends it"
	@$(if $(YES),YES=$(YES)) $(BIN)/homebody run $(if $(PORT),--port '$(PORT)') $(if $(HOME_FILE),--home '$(HOME_FILE)') $(OPEN)

test: $(VENV)/.dev models chromium mosquitto nftables egl ## every test, with real models and a real browser
	$(BIN)/python -m pytest

check: $(VENV)/.dev ## format, lint and types
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/ruff check $(CODE)
	$(BIN)/mypy $(CODE)

fix: $(VENV)/.dev ## format, and mend what lint can mend
	$(BIN)/ruff format $(CODE)
	$(BIN)/ruff check --fix $(CODE)

bench: $(VENV)/.dev models ## measure; prints tables
	@if [ -d benchmarks ]; then $(BIN)/python -m benchmarks; else echo "bench: there are no benchmarks yet"; fi

# What the tests need and may do without: a line says so, and the list at their end says what was skipped.
models: $(VENV)/.dev
	@for model in $(MODELS); do \
		$(BIN)/homebody models pull $$model || echo "models: no $$model; tests that need it will be skipped"; \
	done

chromium:
	@if command -v chromium >/dev/null; then :; \
	elif [ "$$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then \
		echo "chromium: absent, and only root can install it (apt-get install chromium); browser tests will be skipped"; \
	else \
		echo "chromium: installing Debian's"; \
		{ apt-get -qq update && DEBIAN_FRONTEND=noninteractive \
			apt-get -qq -y install --no-install-recommends chromium fonts-noto-cjk >/dev/null; } \
		|| echo "chromium: could not be installed; browser tests will be skipped"; \
	fi

# Debian starts what it installs; the tests start their own, so that one is not left running.
mosquitto:
	@if PATH="$$PATH:/usr/sbin" command -v mosquitto >/dev/null; then :; \
	elif [ "$$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then \
		echo "mosquitto: absent, and only root can install it (apt-get install mosquitto); MQTT tests will be skipped"; \
	else \
		echo "mosquitto: installing Debian's"; \
		{ apt-get -qq update && DEBIAN_FRONTEND=noninteractive \
			apt-get -qq -y install --no-install-recommends mosquitto >/dev/null \
			&& { systemctl -q disable --now mosquitto 2>/dev/null || :; }; } \
		|| echo "mosquitto: could not be installed; MQTT tests will be skipped"; \
	fi

nftables:
	@if PATH="$$PATH:/usr/sbin" command -v nft >/dev/null; then :; \
	elif [ "$$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then \
		echo "nftables: absent, and only root can install it (apt-get install nftables); tests of the kernel's fence will be skipped"; \
	else \
		echo "nftables: installing Debian's"; \
		{ apt-get -qq update && DEBIAN_FRONTEND=noninteractive \
			apt-get -qq -y install --no-install-recommends nftables >/dev/null; } \
		|| echo "nftables: could not be installed; tests of the kernel's fence will be skipped"; \
	fi

# The dog's head camera is drawn without a screen.
egl:
	@if ldconfig -p 2>/dev/null | grep -q libEGL; then :; \
	elif [ "$$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then \
		echo "egl: absent, and only root can install it (apt-get install libegl1 libegl-mesa0 libgl1-mesa-dri); the dog's camera will be blind"; \
	else \
		echo "egl: installing Debian's"; \
		{ apt-get -qq update && DEBIAN_FRONTEND=noninteractive \
			apt-get -qq -y install --no-install-recommends libegl1 libegl-mesa0 libgl1-mesa-dri >/dev/null; } \
		|| echo "egl: could not be installed; the dog's camera will be blind"; \
	fi

# The environment: .base is enough to run, .dev has all. Neither takes away what the other put there, and
# .dev counts as .base too.
$(BIN)/pip:
	@$(PYTHON) -c 'import sys; sys.exit("Homebody needs Python 3.11 or later: make PYTHON=..." if sys.version_info < (3, 11) else 0)'
	@echo "environment: making $(VENV)"
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
		echo "environment: no venv; on Debian: apt-get install python3-venv"; exit 1; }

$(VENV)/.base: pyproject.toml | $(BIN)/pip
	@echo "environment: installing the base: grammar, simulated home and page"
	@$(PIP) -e .
	@touch $@

# Without a package index an environment that has pytest already will do; the next call tries again.
$(VENV)/.dev: pyproject.toml | $(BIN)/pip
	@echo "environment: installing everything for tests"
	@if $(PIP) -e '.[all,dev]'; then touch $(VENV)/.base $@; \
	elif $(BIN)/python -c 'import homebody, pytest' 2>/dev/null; then \
		echo "environment: could not be brought up to date; going on with what is installed"; \
	else echo "environment: could not be installed; is a package index within reach?"; exit 1; fi
