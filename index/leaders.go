package index

// leaders keeps the n items of greatest score in a heap whose root is the
// least of them.
type leaders[T any] struct {
	n      int
	item   []T
	scores []float32
}

func newLeaders[T any](n int) *leaders[T] { return &leaders[T]{n: n} }

// clear makes the leaders ready for another n items.
func (l *leaders[T]) clear(n int) { l.n, l.item, l.scores = n, l.item[:0], l.scores[:0] }

// join offers what was kept to other leaders.
func (l *leaders[T]) join(to *leaders[T]) {
	for i, item := range l.item {
		to.offer(item, l.scores[i])
	}
}

func (l *leaders[T]) offer(item T, score float32) {
	if len(l.scores) == l.n && score <= l.scores[0] {
		return
	}
	l.take(item, score)
}

func (l *leaders[T]) take(item T, score float32) {
	if len(l.scores) < l.n {
		l.item, l.scores = append(l.item, item), append(l.scores, score)
		for i := len(l.scores) - 1; i > 0 && l.scores[i] < l.scores[(i-1)/2]; i = (i - 1) / 2 {
			l.swap(i, (i-1)/2)
		}
		return
	}
	l.item[0], l.scores[0] = item, score
	l.sink()
}

func (l *leaders[T]) sink() {
	for i := 0; ; {
		least := i
		for child := 2*i + 1; child <= 2*i+2 && child < len(l.scores); child++ {
			if l.scores[child] < l.scores[least] {
				least = child
			}
		}
		if least == i {
			return
		}
		l.swap(i, least)
		i = least
	}
}

func (l *leaders[T]) swap(i, j int) {
	l.item[i], l.item[j] = l.item[j], l.item[i]
	l.scores[i], l.scores[j] = l.scores[j], l.scores[i]
}

// items lists what was kept, in no order.
func (l *leaders[T]) items() []T { return l.item }
