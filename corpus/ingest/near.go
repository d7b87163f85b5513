package ingest

// Shingles is the fingerprint of a text: hashes of its folded three-word
// sequences, sorted and without repetition.
type Shingles []uint64

// ShinglesOf makes the fingerprint.
func ShinglesOf(text string) Shingles { panic("not yet") }

// Similarity is the Jaccard coefficient of two fingerprints, 0..1.
func (s Shingles) Similarity(o Shingles) float64 { panic("not yet") }
