package terminal

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"io"
)

// maxLine bounds one line of input in bytes: the largest document that can be
// imported, and far more than any question.
const maxLine = 64 << 20

var errLongLine = errors.New("the line is longer than 64 MiB")

// eachLine calls do with every line and its 1-based number. A line that is too
// long is skipped and reported through the error of its call. gzip-compressed
// input is read as what it contains.
func eachLine(r io.Reader, do func(number int, line []byte, err error) error) error {
	in, err := plainReader(r)
	if err != nil {
		return err
	}
	for number := 1; ; number++ {
		line, tooLong, err := readLine(in)
		if tooLong {
			if err := do(number, nil, errLongLine); err != nil {
				return err
			}
		} else if len(line) > 0 {
			if err := do(number, bytes.TrimRight(line, "\r\n"), nil); err != nil {
				return err
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

func plainReader(r io.Reader) (*bufio.Reader, error) {
	in := bufio.NewReaderSize(r, 1<<16)
	if magic, err := in.Peek(2); err != nil || magic[0] != 0x1f || magic[1] != 0x8b {
		return in, nil
	}
	unzipped, err := gzip.NewReader(in)
	if err != nil {
		return nil, err
	}
	return bufio.NewReaderSize(unzipped, 1<<16), nil
}

func readLine(in *bufio.Reader) (line []byte, tooLong bool, err error) {
	for {
		part, err := in.ReadSlice('\n')
		if len(line)+len(part) > maxLine {
			line, tooLong = nil, true
		}
		if !tooLong {
			line = append(line, part...)
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return line, tooLong, err
		}
	}
}
