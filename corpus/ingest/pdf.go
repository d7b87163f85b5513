package ingest

import "context"

func pdfFile(ctx context.Context, data []byte, limits Limits) (article, error) {
	return article{}, &UnsupportedError{Format: "pdf"}
}
