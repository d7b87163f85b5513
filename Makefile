# Longer runs of what the tests do shortly. Each prints the tables of the README.

KILLS ?= 200
SOAK ?= 10m
LOAD ?= 60s

.PHONY: test soak crash

test:
	go test ./...

# Load, fairness and faults: the whole program is offered 500 questions a
# second, one person floods, and Telegram fails at random.
soak:
	go test ./bot/serve -run 'TestLoad|TestFlooder' -v -timeout 60m -load $(LOAD) -load.rounds 30
	go test ./bot/telegram -run TestSoak -v -timeout 60m -soak $(SOAK)
	go test ./bot/digest -run TestGoalEverybodyAtEight -v -timeout 60m -subscribers 10000

# Kills with -9 at random moments. With MUJAZ_TEST_POSTGRES the store's tests run
# on PostgreSQL, too.
crash:
	go test . -run TestKilled -v -timeout 120m -crash.kills $(KILLS) -crash.chats 300
	go test ./corpus/store -run 'Killed|Acknowledged' -v -timeout 120m -crash.kills $(KILLS)
	go test ./bot/digest -run TestGoalKilled -v -timeout 60m -kills $(KILLS)
